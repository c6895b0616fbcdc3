// The plain theme has one script, so that links to scripts can be tested.
