// --- handlers of gRPC, inline and declared, and of NestJS
// file: server.ts
import * as grpc from '@grpc/grpc-js';
import { exec, execFile } from 'child_process';
import { Pictures } from './gen/pictures';
function find(call: grpc.ServerUnaryCall<FindRequest, Reply>, callback: grpc.sendUnaryData<Reply>) {
  exec(`identify ${call.request.file}`); // ! critical command-injection
  callback(null, { ok: true });
}
function list(call, callback) {
  exec(`ls ${call.request.folder}`); // ! critical command-injection
  execFile('ls', ['--', String(Number(call.request.page))]);
  callback(null, {});
}
const server = new grpc.Server();
server.addService(Pictures, {
  find,
  list,
  convert: (call, callback) => {
    exec(`convert ${call.request.file} out.png`); // ! critical command-injection
    callback(null, { ok: true });
  },
});
// file: nest.ts
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { exec } from 'child_process';
@Controller()
export class PicturesController {
  @GrpcMethod('Pictures', 'Convert')
  convert(request: ConvertRequest) {
    exec(`convert ${request.file} out.png`); // ! critical command-injection
  }
}
