"""Run every benchmark and print one line a figure, each beside its bar of the design."""

from bench import build, keep, serve, workbox

if __name__ == "__main__":
    for benchmark in (build, serve, keep, workbox):
        for line in benchmark.report():
            print(line, flush=True)
