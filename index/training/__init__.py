"""How the shipped Swedish models are made: vocabulary and static embeddings, from public texts alone.

`python -m index.training --data FOLDER --out index/models/sv-static` runs all of it.
Nothing here is imported by a search.
"""
