// A provider without any latency: answers every request of the Responses API at once. Tells its parent the port; a
// GET answers how many requests there were.
import { createServer } from 'node:http';

const text = JSON.stringify({ word: 'answer' });
const answer = JSON.stringify({
  id: 'resp_bench',
  object: 'response',
  created_at: 1,
  status: 'completed',
  error: null,
  incomplete_details: null,
  model: 'bench',
  output: [
    {
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text, annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 10,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 110,
  },
});
let requests = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end(String(requests));
  requests += 1;
  request.resume();
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
