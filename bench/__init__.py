"""Benchmarks: each prints a ratio to a named baseline measured in the same run.

    python -m bench               all of them, each in a process of its own (`make bench`)
    python -m bench drain         one of them
    python -m bench --tiny        all of them at the smallest size, in one process, as the suite runs them

A benchmark is a file here with `measure(site, sizes)`, its `Sizes` with the defaults of a full run, and `TINY`. What it
prints as its result is a line that begins with its name. It is imported when Django is set up."""
