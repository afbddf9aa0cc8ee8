"""Every word that stands on the page and in the command ``xxgk ui``."""

from typing import Final

TITLE: Final = "政府信息公开工作年度报告核对"
SUBTITLE: Final = (
    "上传年度报告，核对三张表、正文数字和报告格式；可以接着提问。文件只在本机处理，读完即删。"
)
SUBTITLE_MODEL: Final = (
    "上传年度报告，核对三张表、正文数字和报告格式；可以接着提问。文件在本机读取，读完即删；"
    "打开语言模型后，报告内容会发送到下面写明的地址。"
)
MODEL: Final = "语言模型"
MODEL_SWITCH: Final = "使用语言模型"
MODEL_ON: Final = "已打开：报告正文、三张表的数字和您的提问会发送到 {host}（模型 {model}）。{care}"
MODEL_CARE: Final = "未公开的材料请先确认可以发送。"
MODEL_HERE: Final = (
    "这个地址在运行本程序的电脑上；如果它再转发到别处，未公开的材料请先确认可以发送。"
)
MODEL_OFF: Final = (
    "未打开，不发送任何内容。打开后，报告正文、三张表的数字和您的提问会发送到"
    " {host}（模型 {model}）。{care}"
)
MODEL_SPENT: Final = "本页已向它提问{requests}次，用了{tokens}个 token{cost}。"
MODEL_AGAIN: Final = "请语言模型再看这份报告"
MODEL_READING: Final = (
    "规则核对已完成，结果如下。语言模型（{host}）正在看正文，可以先看结果、先提问"
)
MODEL_GROUP: Final = "语言模型的意见（{count}）"
MODEL_GROUP_HINT: Final = "以下由语言模型提出，不算程序查出的问题，需人工核对，可能不对。"
MODEL_TAG: Final = "模型意见"
MODEL_USED: Final = (
    "语言模型 {model}（{host}）看过正文：提问{requests}次，用了{tokens}个 token{cost}。"
)
MODEL_COST: Final = "，费用{cost}"
MODEL_FAILED: Final = "语言模型没有看完正文，以上是程序核对的结果。"
STOP: Final = "停止语言模型"
STILL_ANSWERING: Final = "上一个问题还在回答。请稍等，或点“停止语言模型”。"
THINKING: Final = "语言模型正在查阅，每句话核对过出处才显示……"
ANSWERER_MODEL: Final = "答（语言模型作答，出处已由程序核对）"
ANSWERER_ASKING: Final = "答（语言模型正在作答）"
PROOFS: Final = "出处（{count}条）"
UPLOAD: Final = "上传年度报告（可以一次选几份）"
SAMPLE: Final = "查看示例"
CLEAR: Final = "清除"
REPORTS: Final = "报告"
PROGRESS: Final = "进度"
VERDICT: Final = "总体结论"
FINDINGS: Final = "问题"
TAB_TABLES: Final = "三张表"
TAB_LEDGER: Final = "数字核对表"
TAB_OPEN: Final = "存疑与未核对"
TAB_CHECKED: Final = "核对过的"
TABLES: Final = "读到的三张表"
CHAT: Final = "问答"
QUESTION: Final = "向报告提问"
QUESTION_HINT: Final = "例如：第2条为什么错？如果新收改为12件呢？"
SEND: Final = "提问"
EXAMPLES: Final = (
    "有什么问题？",
    "为什么？",
    "怎么改？",
    "不予公开一共多少？",
    "哪些核对过没问题？",
    "哪些没核对？",
)

SAMPLE_NAME: Final = "示例报告（虚构单位）.docx"
SAMPLE_FILE: Final = "sample.docx"
NO_REPORT: Final = "还没有报告。上传一份年度报告，或者点“查看示例”。"
NO_FINDINGS: Final = "没有发现问题。"
GUIDE_TITLE: Final = "怎么用"
GUIDE: Final = (
    "上传年度报告（.docx、.pdf、.html、.txt、.md），几秒钟得出总体结论。",
    "左边按轻重列出每一条问题：哪张表、哪一行、哪一列，填了什么，差多少，怎么改，依据是什么。",
    "点任意一条问题，右边的表会标出相应的格；读到的三张表可以与原件逐格对照。",
    "有疑问就在下面提问；没有听懂的、报告和规则里没有依据的，都会直接说。",
)
NO_OPEN: Final = "核对之后，这里列出可能读错的地方和没有核对的内容。"
NO_LEDGER: Final = "核对之后，这里列出正文里的每个数字和说法，对的是表格哪一格，是否一致。"
NO_CHECKED: Final = "核对之后，这里列出核对过的规则和结果。"
CHAT_EMPTY: Final = (
    "核对之后可以问：哪里错了、为什么、依据是什么、怎么改、某一格填了多少。没有依据的不回答。"
)
YOU: Final = "您"
ANSWERER: Final = "答"
SHOW_CELLS: Final = "在表中标出"
CITED: Final = "出处"
NOT_CHECKED: Final = "没有核对"
LEGEND: Final = (
    "标色的格有问题，右上角的数字是问题的编号，点数字回到该问题；"
    "“（空）”是没有填写，“（未印出）”是表里没有这一格。"
)
DOUBTS_NONE: Final = "没有识读存疑。"
WAITING: Final = "正在核对“{name}”（第{number}份，共{total}份）"
STILL_READING: Final = (
    "正在读取“{name}”，还没有读完。读完就可以问这份报告；条例和规则现在就可以问。"
)
NONE_READ: Final = "没有可以回答的报告，上传的文件都没有核对：\n{files}"
DONE: Final = "核对完成：{name}"
FAILED: Final = "“{name}”没有核对：{reason}"
UNFORESEEN: Final = "程序出了意外，没有核对完。请换一份文件再试；如果总是这样，请联系维护人员。"
UNFORESEEN_ANSWER: Final = "程序出了意外，没有回答这个问题。请换个问法再试。"
UNFORESEEN_MODEL: Final = "请语言模型时程序出了意外，以上是程序不用模型的结果。"
LOST: Final = "文件没有收到，请再传一次。"
TOO_LARGE: Final = "文件超过{limit}兆字节，没有读取。请删去文件里的图片，或者另存后再传。"
TOO_MANY: Final = (
    "一次最多留{limit}份报告，有{count}份没有核对：{names}。请先点“清除”，再上传这{count}份。"
)
QUESTION_TOO_LONG: Final = "问题太长，请控制在200字以内。"

# What the script of the page says; ``{name}`` and ``{count}`` are filled in there.
IN_PAGE: Final = {
    "upload": "点击选择文件，或者把文件拖到这里",
    "marked": "已标出{count}格",
    "unmarked": "这一条不涉及表里的格，原来标出的已经取消",
    "empty_folder": "文件夹“{name}”里没有文件。",
    "offline": "与程序的连接断开了。请看看程序窗口是不是已经关闭，再刷新本页。",
    "fault": "程序出了意外，这一步没有完成。请再试一次。",
    "notice": "提示",
}

HELP: Final = """\
用法：xxgk ui [选项]

打开核对页面。页面只在本机运行，不连接外部网络。

选项：
  --host 地址      页面监听的地址，默认 {host}
  --port 端口      页面监听的端口，默认 {port}
  --open           启动后打开浏览器
  --no-browser     不打开浏览器（默认）
  -h, --help       显示这段说明
"""
STARTING: Final = "正在启动，需要几秒……"
OPENED: Final = "请用浏览器打开：{url}　用完按 Ctrl+C 停止。"
STOPPED: Final = "页面已经停止。"
NETWORK_WARNING: Final = "注意：地址 {host} 可以从其他电脑访问，页面没有登录保护。"
BAD_OPTION: Final = "不认识选项“{option}”。用 xxgk ui --help 查看说明。"
MISSING_VALUE: Final = "选项 {option} 后面缺少值。用 xxgk ui --help 查看说明。"
BAD_PORT: Final = "端口“{port}”不能使用，应为1到65535的整数。"
PORT_BUSY: Final = (
    "端口 {port} 已被占用，可能页面已经在运行。请关闭占用它的程序，或者用 --port 换一个，"
    "例如 xxgk ui --port {other}。"
)
BAD_HOST: Final = "不能在地址“{host}”上打开页面。请用 --host 127.0.0.1。"
