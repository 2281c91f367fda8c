"""SDKs: an `ApiModel` into the files of a client library, one folder for each language, once for all brands."""
