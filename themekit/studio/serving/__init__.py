"""The two origins: pages and Studio, the API behind the Studio, and the guard around both.

`guard` and `asking` say who may ask, `pages_app` and `studio_app` what is where, `api_brands` and `api_files` read and
write brands; `brand_facts` and `token_facts` are what they answer, `saving` and `asset_files` how files are written.
"""
