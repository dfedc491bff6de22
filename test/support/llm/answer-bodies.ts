/** What an answer says. `usage` is in the provider's own words; left out, it has its smallest form. */
export interface AnswerParts {
  readonly text?: string;
  readonly finish?: 'stop' | 'length' | 'refusal';
  readonly usage?: object | null;
  readonly model?: string;
}

/** A body of the Responses API. */
export function openAiAnswer({
  text = 'Fine.',
  finish = 'stop',
  usage,
  model = 'gpt-test',
}: AnswerParts = {}) {
  const part =
    finish === 'refusal'
      ? { type: 'refusal', refusal: text }
      : { type: 'output_text', text, annotations: [], logprobs: [] };
  const cut = finish === 'length';
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_772_366_400,
    model,
    status: cut ? 'incomplete' : 'completed',
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    error: null,
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [part] },
    ],
    usage: usage === undefined ? { input_tokens: 11, output_tokens: 7, total_tokens: 18 } : usage,
  };
}

/** A body of chat.completions. */
export function chatAnswer({
  text = 'Fine.',
  finish = 'stop',
  usage,
  model = 'chat-test',
}: AnswerParts = {}) {
  const refused = finish === 'refusal';
  const message = { role: 'assistant', content: refused ? null : text, refusal: refused ? text : null };
  return {
    id: 'chatcmpl_1',
    object: 'chat.completion',
    created: 1_772_366_400,
    model,
    choices: [{ index: 0, message, finish_reason: finish === 'length' ? 'length' : 'stop' }],
    usage: usage === undefined ? { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } : usage,
  };
}

const STOP_REASONS = { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal' };

/** A body of the Messages API. */
export function anthropicAnswer({
  text = 'Fine.',
  finish = 'stop',
  usage,
  model = 'claude-test',
}: AnswerParts = {}) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [
      { type: 'thinking', thinking: 'Let me see.', signature: 'x' },
      { type: 'text', text, citations: null },
    ],
    stop_reason: STOP_REASONS[finish],
    stop_sequence: null,
    usage: usage === undefined ? { input_tokens: 11, output_tokens: 7 } : usage,
  };
}

const FINISH_REASONS = { stop: 'STOP', length: 'MAX_TOKENS', refusal: 'SAFETY' };

/** A body of generateContent. */
export function geminiAnswer({
  text = 'Fine.',
  finish = 'stop',
  usage,
  model = 'gemini-test',
}: AnswerParts = {}) {
  const parts = [{ text: 'Let me see.', thought: true }, { text }];
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: FINISH_REASONS[finish] }],
    usageMetadata:
      usage === undefined ? { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 } : usage,
    modelVersion: model,
    responseId: 'gemini_1',
  };
}

/** The body that fits the path of a request: one server can be four providers. */
export function answerFor(path: string, parts: AnswerParts = {}): object {
  if (path.endsWith('/responses')) return openAiAnswer(parts);
  if (path.endsWith('/chat/completions')) return chatAnswer(parts);
  if (path.endsWith('/messages')) return anthropicAnswer(parts);
  return geminiAnswer(parts);
}
