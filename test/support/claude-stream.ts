type Event = (type: string, data: object) => string;

/** The frame of a streamed answer of the Messages API around its blocks. */
function stream(usage: object, stop: string, blocks: (event: Event) => string[]): string {
  const event: Event = (type, data) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return [
    event('message_start', { message }),
    ...blocks(event),
    event('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 10 } }),
    event('message_stop', {}),
  ].join('');
}

/** An answer with one block of text. */
export function claudeStream(text: string, stop = 'end_turn', inputTokens = 100): string {
  return stream({ input_tokens: inputTokens, output_tokens: 0, cache_read_input_tokens: 900 }, stop, (event) => [
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    event('content_block_stop', { index: 0 }),
  ]);
}

/** An answer that calls tools instead. */
export function claudeToolStream(calls: readonly { name: string; input: object }[]): string {
  return stream({ input_tokens: 100, output_tokens: 0 }, 'tool_use', (event) =>
    calls.flatMap(({ name, input }, index) => [
      event('content_block_start', {
        index,
        content_block: { type: 'tool_use', id: `toolu_${index}`, name, input: {} },
      }),
      event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) } }),
      event('content_block_stop', { index }),
    ]),
  );
}
