"""`studytool demo`: list, run, measure or prove demos."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING, Any

from studytool.commands.demo_save import Saving, plan, save, warn_of_silence
from studytool.demo import trust
from studytool.demo.find import DemoInfo, find_demo, list_demos
from studytool.demo.parameters import Value, checked, described
from studytool.errors import UsageError
from studytool.streams import has_screen
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

# Without a terminal and without being asked for more, a demo should be over in seconds.
_CAP = 5_000


def run(args: argparse.Namespace) -> int:
    """Do what the arguments say; returns the exit code."""
    if not args.name:
        _need_no_name(args)
        return prove_each(list_demos(), args) if args.claims else _list(args.json)
    info = find_demo(args.name)
    info = trust.agreed(info) if args.trust else info
    parameters = _parameters(info, args.set)
    saving = plan(args)
    asked = args.claims or args.questions or args.sweep or args.headless or args.json or args.steps is not None
    if has_screen() and not asked and not saving:
        from studytool.app import run_demo

        return run_demo(info, {name: str(value) for name, value in parameters.items()}, args.seed, args.device)
    trust.require(info)
    from studytool.demo.headless import DemoFailed

    try:
        if args.sweep:
            from studytool.commands import sweep

            return sweep.run(info, parameters, args, saving)
        if args.questions:
            return _ask(info, args)
        return _prove(info, parameters, args) if args.claims else _headless(info, parameters, args, saving)
    except DemoFailed as error:
        print(error.traceback, end="", file=sys.stderr)
        raise


def _need_no_name(args: argparse.Namespace) -> None:
    """Raise `UsageError` where something is asked of one demo, and none is named."""
    for option in ("set", "headless", "steps", "questions", "sweep", "save", "trust"):
        if getattr(args, option):
            raise UsageError(f"--{option} needs the name of a demo.", "`studytool demo` lists them.")


def _steps(info: DemoInfo, args: argparse.Namespace) -> int:
    """How many steps without pictures: as asked, else the demo's own number, capped where nobody asked at all."""
    if args.steps is not None:
        return int(args.steps)
    if args.headless or args.json or args.save:
        return info.steps
    steps = min(info.steps, _CAP)
    shorter = f" for {steps:,} of its {info.steps:,} steps; --steps N runs it longer" if steps < info.steps else ""
    print(f"There is no terminal to draw on: the demo runs without pictures{shorter}.", file=sys.stderr)
    return steps


def _parameters(info: DemoInfo, settings: Iterable[str]) -> dict[str, Value]:
    """All parameters of the demo, those of `--set K=V` checked."""
    given = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting} has no value.", "Write it as --set NAME=VALUE.")
        given[name.strip()] = value.strip()
    return checked(info.parameters, given)


def _list(as_json: bool) -> int:
    demos = list_demos()
    if as_json:
        print(json.dumps([_as_values(info) for info in demos], ensure_ascii=False, indent=2))
        return 0
    width = max((len(info.name) for info in demos), default=0)
    for info in demos:
        print(f"{info.name:{width}}  {info.title}")
    return 0


def _as_values(info: DemoInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "path": str(info.path),
        "title": info.title,
        "topics": list(info.topics),
        "summary": info.summary,
        "steps": info.steps,
        "broadcast": info.broadcast,
        "parameters": [described(name, parameter) for name, parameter in info.parameters.items()],
        "predictions": [
            {"text": text, "options": list(options), "parameters": dict(shown.parameters), "steps": shown.steps}
            for (text, options), shown in zip(info.predictions, info.shown, strict=True)
        ],
        "claims": list(info.claims),
        "questions": list(info.questions),
    }


def _headless(info: DemoInfo, parameters: dict[str, Value], args: argparse.Namespace, saving: Saving | None) -> int:
    from studytool.demo.headless import train
    from studytool.demo.repeat import command
    from studytool.draw import summary

    steps = _steps(info, args)
    if saving:
        hello, frame, printed = save(saving, info, parameters, args, steps)
    else:
        hello, frame, printed = train(
            info.path, parameters, args.seed, args.device, [steps], digest=info.digest, silent=warn_of_silence
        )
    for line in printed:
        print(line, file=sys.stderr)
    series, panels = frame["series"], frame["panels"]
    assert isinstance(series, dict)
    assert isinstance(panels, list)
    result = {
        "demo": info.name,
        "device": hello["device"],
        "why": hello["why"],
        "seed": args.seed,
        "parameters": parameters,
        "steps": frame["step"],
        "done": frame["done"],
        "steps_per_second": round(float(str(frame["steps_per_second"])), 1),
        "metrics": {name: value if math.isfinite(value) else None for name, value in series.items()},
        "summary": summary(panels),
        "diagnosis": frame["diagnosis"],
        "command": command(info, parameters, args.seed, str(hello["device"]), steps=steps),
    } | ({"saved": str(saving.path)} if saving else {})
    if args.json:
        print(as_json(result))
    else:
        _tell(info, result, series)
    return 0


def _tell(info: DemoInfo, result: Mapping[str, Any], series: Mapping[str, float]) -> None:
    """Print how a run went; `series` has the last value of each, finite or not."""
    print(info.title)
    settings = ", ".join(
        [f"seed {result['seed']}", *(f"{name} {value}" for name, value in result["parameters"].items())]
    )
    print(f"On {result['device']} ({result['why']}), {settings}.")
    state = "done" if result["done"] else "stopped, not done"
    print(f"{state} after {counted(result['steps'], 'step')}, {result['steps_per_second']:,.0f} a second")
    for name, value in series.items():
        print(f"  {name}: {value:g}")
    print(*result["summary"], *result["diagnosis"], sep="\n")
    if "saved" in result:
        print(f"Saved to {one_line(result['saved'])}.")


def _ask(info: DemoInfo, args: argparse.Namespace) -> int:
    """The computed questions of `--seed`, with the answer and what each mistake comes to; 1 if one cannot be made."""
    from studytool.demo.headless import ask

    made = []
    for message in ask(info.path, args.seed, args.device, digest=info.digest):
        made.append({key: value for key, value in message.items() if key != "type"})
        if args.json:
            continue
        if message["problem"]:
            print(f"{message['name']}: this question cannot be made: {message['problem']}\n")
            continue
        print(f"{message['text']}\n  {_shown(message['answer'])}")
        mistakes = message["mistakes"]
        assert isinstance(mistakes, dict)
        for name, value in mistakes.items():
            print(f"  not {_shown(value)}: {name}")
        print(message["why"] or "", end="\n\n" if message["why"] else "\n")
    if args.json:
        print(json.dumps({"demo": info.name, "seed": args.seed, "questions": made}, ensure_ascii=False, indent=2))
    elif not made:
        print("This demo has no computed questions.")
    return 1 if any(one["problem"] for one in made) else 0


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(_shown, value))})"
    return f"{value:g}".replace("-", "−") if isinstance(value, float) else str(value)


def prove_each(infos: Iterable[DemoInfo], args: argparse.Namespace) -> int:
    """The claims of each demo, one demo after the other; 1 if a claim does not hold, or a demo cannot be run."""
    from studytool.demo.headless import DemoFailed

    proofs = []
    for info in infos:
        try:
            proofs.append(_proved(info, _parameters(info, ()), args))
        except DemoFailed as error:
            print(f"{error.traceback}studytool: {info.name}: {one_line(str(error))}", file=sys.stderr)
            proofs.append({"demo": info.name, "held": False, "claims": [], "error": str(error)})
    if args.json:
        print(json.dumps(proofs, ensure_ascii=False, indent=2))
    return 0 if all(proof["held"] for proof in proofs) else 1


def _prove(info: DemoInfo, parameters: dict[str, Value], args: argparse.Namespace) -> int:
    """The claims of one demo; 1 if one does not hold."""
    proof = _proved(info, parameters, args)
    if args.json:
        print(json.dumps(proof, ensure_ascii=False, indent=2))
    return 0 if proof["held"] else 1


def _proved(info: DemoInfo, parameters: dict[str, Value], args: argparse.Namespace) -> dict[str, object]:
    """The claims of a demo, how each came out, and whether all held; printed as they are settled where not as JSON."""
    from studytool.demo.headless import prove

    proofs: list[dict[str, object]] = []
    for message in prove(info.path, parameters, args.seed, args.device, digest=info.digest):
        if message["type"] == "hello":
            device, why = message["device"], message["why"]
            if not args.json:
                print(f"{info.title}\nOn {device} ({why}).")
            continue
        if message["type"] == "device":
            device, why = message["device"], message["why"]
            print(f"Now on {device} ({why}).", file=sys.stderr)
            continue
        proofs.append({key: message[key] for key in ("text", "held", "measured", "seconds")})
        if not args.json:
            verdict = "held  " if message["held"] else "FAILED"
            measured = f" ({message['measured']})" if message["measured"] else ""
            print(f"{verdict} {message['seconds']:6.1f} s  {message['text']}{measured}", flush=True)
    if not proofs and not args.json:
        print("This demo claims nothing.")
    held = all(proof["held"] for proof in proofs)
    return {"demo": info.name, "device": device, "why": why, "held": held, "claims": proofs}
