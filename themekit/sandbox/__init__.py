"""The sandbox of an API: answers for every operation, valid by its schemas, and what checks requests.

Made at build time as data; the engine in `data/sandbox/engine.js` answers from it, in a browser and on loopback alike.
"""
