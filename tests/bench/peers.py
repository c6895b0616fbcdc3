def install(folder):
    return {}
