"""The compiler behind the command line that the other tools expect."""

import json
import subprocess
from pathlib import Path

from scripts.toolchain import ROOT, TOOLS, environment

SOLC = TOOLS / "solc-v0.8.30"


def solc(*arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(SOLC), *arguments], input=text, capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_tells_the_pinned_version() -> None:
    assert "Version: 0.8.30+commit.73712a01" in solc("--version").stdout


def test_compiles_with_imports_from_the_working_directory() -> None:
    source = (
        "// SPDX-License-Identifier: MIT\npragma solidity 0.8.30;"
        'import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";'
        "contract Holder { IERC20 public token; }"
    )
    request = {
        "language": "Solidity",
        "sources": {"Holder.sol": {"content": source}},
        "settings": {
            "remappings": ["@openzeppelin=node_modules/@openzeppelin"],
            "outputSelection": {"*": {"*": ["evm.bytecode.object"]}},
        },
    }
    answer = json.loads(solc("--standard-json", text=json.dumps(request)).stdout)
    assert "errors" not in answer
    assert answer["contracts"]["Holder.sol"]["Holder"]["evm"]["bytecode"]["object"]


def test_refuses_options_it_does_not_know() -> None:
    answer = solc("--bin")
    assert answer.returncode == 1
    assert "unrecognised option '--bin'" in answer.stderr


def test_refuses_another_compiler(tmp_path: Path) -> None:
    tool = tmp_path / "scripts" / "toolchain" / SOLC.name
    tool.parent.mkdir(parents=True)
    tool.write_bytes(SOLC.read_bytes())
    tool.chmod(0o755)
    package = tmp_path / "node_modules" / "solc"
    package.mkdir(parents=True)
    (package / "soljson.js").write_text("module.exports = {};")
    answer = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "expected 3bb491a7" in answer.stderr


def test_tools_keep_their_exit_codes() -> None:
    answer = subprocess.run(
        ["forge", "no-such-command"], env=environment(), capture_output=True, check=False
    )
    assert answer.returncode != 0
