"""Run every benchmark and print one line a figure, each beside its bar of the design."""

from bench import build, keep, observatory, search, serve, translations, workbench

if __name__ == "__main__":
    for benchmark in (build, translations, workbench, serve, observatory, search, keep):
        for line in benchmark.report():
            print(line, flush=True)
