# --- a choice whose test never holds
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    num = 106
    bar = 'always' if (7 * 42) - num > 200 else param
    os.system('echo ' + bar)  # ! critical command-injection
    return 'ok'

# --- a choice whose test always holds
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    num = 86
    bar = 'always' if (7 * 42) - num > 200 else param
    os.system('echo ' + bar)
    return 'ok'

# --- an if whose test always holds
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    num = 86
    if (7 * 18) + num > 200:
        bar = 'always'
    else:
        bar = param
    os.system('echo ' + bar)
    return 'ok'

# --- a test of what another function sets is not decided
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


MODE = 'safe'


def configure(mode):
    global MODE
    MODE = mode


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    bar = 'always' if MODE == 'safe' else param
    os.system('echo ' + bar)  # ! critical command-injection
    return 'ok'

# --- a counter of a loop is not decided
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    tries = 0
    bar = 'none'
    while True:
        tries = tries + 1
        if tries > 2:
            bar = param
            break
    os.system('echo ' + bar)  # ! critical command-injection
    return 'ok'

# --- a match over a letter, number 1
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    possible = 'ABC'
    guess = possible[1]
    match guess:
        case 'A':
            bar = param
        case 'B':
            bar = 'bob'
        case 'C' | 'D':
            bar = param
        case _:
            bar = 'uncle'
    os.system('echo ' + bar)
    return 'ok'

# --- a match over a letter, number 0
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    possible = 'ABC'
    guess = possible[0]
    match guess:
        case 'A':
            bar = param
        case 'B':
            bar = 'bob'
        case 'C' | 'D':
            bar = param
        case _:
            bar = 'uncle'
    os.system('echo ' + bar)  # ! critical command-injection
    return 'ok'

# --- a list from which the first item is taken: item 0
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    values = []
    values.append('safe')
    values.append(param)
    values.append('more')
    values.pop(0)
    bar = values[0]
    os.system('echo ' + bar)  # ! critical command-injection
    return 'ok'

# --- a list from which the first item is taken: item 1
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    values = []
    values.append('safe')
    values.append(param)
    values.append('more')
    values.pop(0)
    bar = values[1]
    os.system('echo ' + bar)
    return 'ok'

# --- what pop and insert give
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    values = ['a', param]
    values.insert(0, 'b')
    os.system('echo ' + values.pop())  # ! critical command-injection
    os.system('echo ' + values.pop())
    return 'ok'

# --- a list that grows in a loop may hold it anywhere
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    values = []
    for part in param.split(','):
        values.append(part)
    os.system('echo ' + values[3])  # ! critical command-injection
    return 'ok'

# --- a list that another function fills
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


def fill(values, param):
    values.append(param)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    values = ['a']
    fill(values, param)
    os.system('echo ' + values[0])
    return 'ok'

# --- what was encoded is decoded again
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    tmp = base64.b64encode(param.encode('utf-8'))
    bar = base64.b64decode(tmp).decode('utf-8')
    os.system('echo ' + bar)  # ! critical command-injection
    os.system('echo ' + tmp.decode())
    return 'ok'

# --- places of a settings object
import base64
import configparser
import os
from flask import Flask, request

app = Flask(__name__)


@app.route('/a', methods=['POST'])
def a():
    param = request.args.get('name')
    conf = configparser.ConfigParser()
    conf.add_section('s')
    conf.set('s', 'keyA', 'a')
    conf.set('s', 'keyB', param)
    os.system('echo ' + conf.get('s', 'keyA'))
    os.system('echo ' + conf.get('s', 'keyB'))  # ! critical command-injection
    return 'ok'
