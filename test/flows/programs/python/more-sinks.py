# --- a statement with a mark that is replaced
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import sqlite3, string, re
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    db = sqlite3.connect('x')
    sql = 'select * from t where a = X'.replace('X', v)  # ! critical sql-injection
    db.execute(sql)
    return 'done'

# --- a text of the extension
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
db = SQLAlchemy(app)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    db.session.execute(db.text(f'select * from t where a = {v}'))  # ! critical sql-injection
    return 'done'

# --- a star import
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from peewee import *
app = Flask(__name__)
db = SqliteDatabase('x')
class User(Model):
    name = CharField()

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    list(User.select().where(SQL('name = ' + v)))  # ! critical sql-injection
    return 'done'

# --- a star import, right
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from peewee import *
app = Flask(__name__)
db = SqliteDatabase('x')
class User(Model):
    name = CharField()

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    list(User.select().where(User.name == v))
    return 'done'

# --- a name to bind with
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import ldap, ldap.filter
from ldap3 import Server, Connection
from ldap3.utils.conv import escape_filter_chars
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    c = ldap.initialize('ldap://x')
    c.simple_bind_s('cn=' + v + ',dc=x', 'pw')  # ! high ldap-injection
    return 'done'

# --- a paged search
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import ldap, ldap.filter
from ldap3 import Server, Connection
from ldap3.utils.conv import escape_filter_chars
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    c = Connection(Server('x'))
    c.extend.standard.paged_search('dc=x', '(uid=' + v + ')')  # ! high ldap-injection
    return 'done'

# --- XPath of another library
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import lxml.etree, elementpath, xpath
from lxml import etree
import xml.etree.ElementTree as ET
from xml.dom import minidom
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    doc = minidom.parse('u.xml')
    xpath.find("//u[@n='" + v + "']", doc)  # ! high xpath-injection
    return 'done'

# --- XPath without quotes
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import lxml.etree, elementpath, xpath
from lxml import etree
import xml.etree.ElementTree as ET
from xml.dom import minidom
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    if "'" in v:
        return 'no', 400
    t = etree.parse('u.xml')
    t.xpath("//u[@n='" + v + "']")
    return 'done'

# --- XPath with quotes that are written otherwise
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import lxml.etree, elementpath, xpath
from lxml import etree
import xml.etree.ElementTree as ET
from xml.dom import minidom
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    v = v.replace("'", '&apos;')
    t = etree.parse('u.xml')
    t.xpath("//u[@n='" + v + "']")
    return 'done'

# --- a shell that depends on the system
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, subprocess, shlex, re, asyncio, pexpect, fabric, paramiko, invoke, sh, ipaddress
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    cmd = 'ping'
    if os.name == 'nt':
        args = ['cmd.exe', '/c', 'echo ' + v]  # ! critical command-injection
    else:
        args = ['sh', '-c', 'echo ' + v]
    subprocess.Popen(args)
    return 'done'

# --- a shell by a keyword
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, subprocess, shlex, re, asyncio, pexpect, fabric, paramiko, invoke, sh, ipaddress
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    subprocess.Popen(args=['bash', '-c', v])  # ! critical command-injection
    return 'done'

# --- a parameter of a script of ours
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, subprocess, shlex, re, asyncio, pexpect, fabric, paramiko, invoke, sh, ipaddress
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    subprocess.run(['sh', '-c', 'echo "$1"', 'sh', v])
    return 'done'

# --- where an entry is unpacked to
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    zipfile.ZipFile('/a.zip').extract('x', '/data/' + v)  # ! high path-traversal
    return 'done'

# --- an archive by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    tarfile.open('/data/' + v)  # ! high path-traversal
    return 'done'

# --- settings by their path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    configparser.ConfigParser().read('/data/' + v)  # ! high path-traversal
    return 'done'

# --- a table by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    pandas.read_csv('/data/' + v)  # ! high path-traversal
    return 'done'

# --- lines of a file by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    fileinput.input('/data/' + v)  # ! high path-traversal
    return 'done'

# --- an image by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    Image.open('/data/' + v)  # ! high path-traversal
    return 'done'

# --- a log by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    logging.FileHandler('/logs/' + v)  # ! high path-traversal
    return 'done'

# --- a tree by its path
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import os, pathlib, shutil, codecs, io, zipfile, urllib.parse, tarfile, configparser, numpy, pandas, fileinput, uuid, logging, tempfile, glob
import xml.etree.ElementTree as ET
from PIL import Image
from flask import send_file, send_from_directory, abort
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    ET.parse('/data/' + v)  # ! high path-traversal
    return 'done'

# --- the target of a redirect that is set later
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from urllib.parse import urlparse, urljoin
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    r = redirect('/')
    r.headers['Location'] = v  # ! medium open-redirect
    return r

# --- an address of this server that a whole one replaces
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from urllib.parse import urlparse, urljoin
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    return redirect(urljoin(request.host_url, v))  # ! medium open-redirect
    return r

# --- an address whose server is the one that was asked
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from urllib.parse import urlparse, urljoin
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    u = urlparse(urljoin(request.host_url, v))
    if u.netloc != urlparse(request.host_url).netloc:
        return redirect('/')
    return redirect(v)
    return r

# --- a socket
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import requests, urllib.request, urllib.parse, httpx, http.client, urllib3, socket, pycurl, feedparser, wget, urllib2, httplib2
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    s = socket.socket()
    s.connect((v, 80))  # ! high server-side-request-forgery
    return 'done'

# --- an opener
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import requests, urllib.request, urllib.parse, httpx, http.client, urllib3, socket, pycurl, feedparser, wget, urllib2, httplib2
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    opener = urllib.request.build_opener()
    opener.open(v)  # ! high server-side-request-forgery
    return 'done'

# --- a feed
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import requests, urllib.request, urllib.parse, httpx, http.client, urllib3, socket, pycurl, feedparser, wget, urllib2, httplib2
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    feedparser.parse(v)  # ! high server-side-request-forgery
    return 'done'

# --- httplib2
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import requests, urllib.request, urllib.parse, httpx, http.client, urllib3, socket, pycurl, feedparser, wget, urllib2, httplib2
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    wget.download(v)  # ! high server-side-request-forgery
    return 'done'

# --- markup that was put together
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import html, json, bleach
from flask import Markup, escape, jsonify, render_template
from urllib.parse import quote
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    pass
    return Markup('<b>' + v + '</b>')  # ! high reflected-html

# --- markup that escapes what is put in
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import html, json, bleach
from flask import Markup, escape, jsonify, render_template
from urllib.parse import quote
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    pass
    return Markup('<b>%s</b>') % v

# --- a template in the code that escapes
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import html, json, bleach
from flask import Markup, escape, jsonify, render_template
from urllib.parse import quote
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    pass
    return render_template_string('<p>{{ a }}</p>', a=v)

# --- a template in the code that does not escape
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import html, json, bleach
from flask import Markup, escape, jsonify, render_template
from urllib.parse import quote
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    pass
    return render_template_string('<p>{{ a|safe }}</p>', a=v)  # ! high reflected-html

# --- the data of an answer
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import jinja2
from flask import escape, jsonify, stream_with_context
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    r = make_response()
    r.set_data('<p>' + v)  # ! high reflected-html
    return r

# --- the data of an answer, as a field
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import jinja2
from flask import escape, jsonify, stream_with_context
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    r = Response()
    r.data = '<p>' + v  # ! high reflected-html
    return r

# --- an answer that is generated
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import jinja2
from flask import escape, jsonify, stream_with_context
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    def gen():
        yield '<p>' + v  # ! high reflected-html
    r = Response(gen(), mimetype='text/html')
    return r

# --- the data of an answer, escaped
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import jinja2
from flask import escape, jsonify, stream_with_context
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    r = Response()
    r.data = '<p>' + escape(v)
    return r

# --- an archive that was uploaded, right
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
import tarfile, zipfile, os, shutil
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    zipfile.ZipFile(request.files['f']).extractall('/up')
    return 'done'

# --- the dictionary of an object
from flask import Flask, request, make_response, redirect, render_template_string, Response, session
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
db = SQLAlchemy(app)
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    is_admin = db.Column(db.Boolean)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    u = User.query.get(1)
    u.__dict__.update(request.json)  # ! medium mass-assignment
    return 'done'
