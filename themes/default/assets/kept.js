// What this site keeps on the device: ticks of checklists, nothing else. In: the browser's storage. Out: `rahnumaKept`, which the
// checklists and the safety page use. It touches no page. Storage may be off or full: then nothing is kept, and `saves()` says so.
/**
 * @typedef {{version: string, shape: string, day: string, done: string[]}} Ticks ticks of one version of one procedure
 */
(function (root) {
  'use strict';
  var PREFIX = 'rahnuma:ticks:', OFF = 'rahnuma:no-ticks', PRIVATE = 'rahnuma:private';

  /**
   * @param {Storage|null} local kept until cleared
   * @param {Storage|null} session kept until the tab closes
   */
  function kept(local, session) {
    function attempt(work, otherwise) { try { return work(); } catch (blocked) { return otherwise; } }
    function flag(name) { return attempt(function () { return session.getItem(name) === '1'; }, false); }
    function setFlag(name, on) { return attempt(function () { if (on) session.setItem(name, '1'); else session.removeItem(name); return true; }, false); }

    /** The codes of procedures with ticks. @returns {string[]} */
    function codes() {
      return attempt(function () {
        var found = [];
        for (var i = 0; i < local.length; i++) if (local.key(i).indexOf(PREFIX) === 0) found.push(local.key(i).slice(PREFIX.length));
        return found.sort();
      }, []);
    }

    /** Ticks of this very version with the same steps, else nothing. @param {string} code @param {string} version @param {string} shape @returns {Ticks|null} */
    function read(code, version, shape) {
      return attempt(function () {
        var ticks = JSON.parse(local.getItem(PREFIX + code));
        return ticks && ticks.version === version && ticks.shape === shape && Array.isArray(ticks.done) && ticks.done.length ? ticks : null;
      }, null);
    }

    /** Keeps ticks, or forgets them where none is left. @param {string} code @param {Ticks} ticks @returns {boolean} whether they are kept */
    function write(code, ticks) {
      return attempt(function () {
        if (flag(OFF)) return false;
        if (ticks.done.length) local.setItem(PREFIX + code, JSON.stringify(ticks)); else local.removeItem(PREFIX + code);
        return true;
      }, false);
    }

    /** @param {string} code */
    function forget(code) { attempt(function () { local.removeItem(PREFIX + code); }); }

    /** Whether ticks can be kept: storage works, and nobody asked not to. */
    function saves() {
      return !flag(OFF) && attempt(function () { local.setItem('rahnuma:try', '1'); local.removeItem('rahnuma:try'); return true; }, false);
    }

    return {
      codes: codes, read: read, write: write, forget: forget, saves: saves,
      /** Whether somebody asked, in this tab, not to save. */
      off: function () { return flag(OFF); },
      /** Asks not to save, for as long as this tab is open; what was saved goes. @param {boolean} on */
      setOff: function (on) { if (on) codes().forEach(forget); return setFlag(OFF, on); },
      /** Whether links replace each other in this tab's history. */
      isPrivate: function () { return flag(PRIVATE); },
      setPrivate: function (on) { return setFlag(PRIVATE, on); },
      /** Forgets everything that this site keeps. */
      clear: function () { codes().forEach(forget); setFlag(OFF, false); setFlag(PRIVATE, false); },
    };
  }

  function storage(name) { try { return root[name]; } catch (blocked) { return null; } }

  root.rahnumaKept = kept(storage('localStorage'), storage('sessionStorage'));
  root.rahnumaKept.make = kept;
})(this);
