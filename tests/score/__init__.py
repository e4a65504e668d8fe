"""How right we are. `sets` are the papers, `lists` what is compared, `finds` the judgement, `__main__` the command."""
