"""A real browser and the pages it is shown: the one home of Playwright.

`serving` is all the network a page can reach, `opening` starts the browser, `stillness` waits until nothing moves,
`camera` takes pictures, `axe` finds barriers, `cascade` what gave a colour, and `crew` sets several browsers to work.
"""
