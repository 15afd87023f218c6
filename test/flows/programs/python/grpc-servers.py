# --- a servicer of gRPC: fields of the message
# file: server.py
import os
import subprocess
import grpc
import pictures_pb2
import pictures_pb2_grpc
class Pictures(pictures_pb2_grpc.PicturesServicer):
    def __init__(self, db):
        self.db = db
    def Convert(self, request, context):
        os.system("convert " + request.file)  # ! critical command-injection
        subprocess.run(["convert", "--", request.file, "out.png"])
        return pictures_pb2.Reply(ok=True)
    async def Find(self, request, context):
        cursor = self.db.cursor()
        cursor.execute("select * from pictures where owner = '%s'" % request.owner)  # ! critical sql-injection
        cursor.execute("select * from pictures where owner = %s", (request.owner,))
        return pictures_pb2.Reply(ok=True)
