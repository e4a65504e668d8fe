#!/bin/sh
# The demo: the sample papers are read, indexed and searched. Run by `make demo`.
set -eu
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }

say paragraf ingest examples/papers
paragraf ingest examples/papers
for question in "tryggt ställe att parkera cykeln vid tåget" "avslag på bidrag till förening" "KS 2024/512"; do
  say "paragraf search \"$question\" --limit 3"
  paragraf search "$question" --limit 3
done

cat <<TEXT

Next, with  . .venv/bin/activate  and  export PARAGRAF_HOME=$PARAGRAF_HOME :
  paragraf search "skolskjuts växelvis boende" --municipality Ystad
  paragraf similar examples/papers/mora/2025-04-14-kommunfullmaktige-protokoll.pdf --item 30
  paragraf read examples/papers/kiruna/2025-03-12-kultur-och-fritidsnamnden-protokoll.pdf
  paragraf show examples/papers --out report.html --open
  paragraf export --format csv --municipality Mora
  paragraf ingest FOLDER                  papers of your own
TEXT
