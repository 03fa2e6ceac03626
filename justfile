# Gates of the project. `just check` is what must be green before a commit lands.

bin := env("BIN", ".venv/bin")

# everything: the gates, then the tests
check: gates test

# all gates but the tests
gates: format lint types imports lessons

format:
    {{bin}}/ruff format --check .

lint:
    {{bin}}/ruff check .

types:
    {{bin}}/mypy

imports:
    {{bin}}/lint-imports

lessons:
    {{bin}}/pyrecipes lessons verify --all lessons

test:
    {{bin}}/pytest

# tests with branch coverage
coverage:
    {{bin}}/coverage run -m pytest -n 0
    {{bin}}/coverage report

# rewrite the generated parts of the documentation
docs:
    {{bin}}/python docs/generate.py
