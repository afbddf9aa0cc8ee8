# 需要 Python 3.11 或更高版本；其余由本文件装进 .venv，不影响系统。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test check bench lint clean

help: ## 显示本说明
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，可用 make PYTHON=python3.11 指定。"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "正在安装，首次需要一两分钟……"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@$(PIP) --editable '.[dev]'
	@touch $@

run: $(VENV)/.run ## 安装并打开检查页面（127.0.0.1:7860）
	@$(BIN)/xxgk ui

test: $(VENV)/.test ## 安装并运行全部测试
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/.run ## 检查一份报告：make check FILE=报告.docx
	@test -n "$(FILE)" || { echo "请写明文件：make check FILE=报告.docx"; exit 2; }
	@$(BIN)/xxgk check "$(FILE)"

bench: $(VENV)/.test ## 测量读取、核对的用时和内存
	@$(BIN)/python -m eval.bench

lint: $(VENV)/.test ## 检查代码格式、类型和分层
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

clean: ## 删除虚拟环境和缓存
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
