/**
 * Python's pickle format (protocols 2 to 5), as far as files of weights need it. A pickle is a program for a stack machine that
 * may call anything in Python by its name. Here it can call only what the caller hands in; every other name is refused, and
 * nothing is imported, evaluated or looked up.
 */

import { OsteonError, shown } from "../errors.ts";

/** Something that pickles name by module and name, as `collections.OrderedDict`. */
export class PickleGlobal {
  readonly name: string;
  /** What calling it makes; absent where it is only ever named. */
  readonly call: ((args: readonly unknown[]) => unknown) | undefined;

  constructor(name: string, call?: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** What a pickle may use. */
export interface PickleWorld {
  /** By `module.name`. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** The object behind a persistent id, which stands for what lies outside the pickle. */
  readonly persistent: (id: unknown) => unknown;
}

/** A pickle's object and where it ended. */
export interface Unpickled {
  /**
   * None is null, numbers are numbers (bigint beyond 2^53), lists and tuples are arrays, dicts are Maps in their order, bytes are
   * Uint8Arrays. Lists may hold themselves.
   */
  readonly value: unknown;
  readonly end: number;
}

/** Instructions of one pickle; the largest published checkpoints have a tenth of it. */
const mostInstructions = 2_000_000;

/** Bytes of one integer: torch's magic number has ten. */
const longestInteger = 16;

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The pickle in the file is corrupt: ${why}.`);

/** The bytes of the program, never read beyond their end. */
class Program {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
  }

  /** Moves on and returns where it was. */
  #pass(length: number): number {
    if (length > this.#bytes.length - this.position) throw broken("it ends in the middle of an instruction");
    this.position += length;
    return this.position - length;
  }

  uint8(): number {
    return this.#view.getUint8(this.#pass(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#pass(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#pass(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#pass(4), true);
  }

  uint64(): number {
    return Number(this.#view.getBigUint64(this.#pass(8), true));
  }

  /** The one number that pickle writes with its largest byte first. */
  float64(): number {
    return this.#view.getFloat64(this.#pass(8), false);
  }

  bytes(length: number): Uint8Array {
    const start = this.#pass(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.bytes(length));
  }

  /** A text that ends with a line feed, as the names of globals do. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) throw broken("it ends in the middle of a name");
    const text = this.text(end - this.position);
    this.position = end + 1;
    return text;
  }

  /** A little-endian two's complement integer of any length. */
  integer(length: number): number | bigint {
    if (length > longestInteger) throw broken(`it holds an integer of ${length} bytes`);
    const magnitude = this.bytes(length).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const value = BigInt.asIntN(8 * length, magnitude);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
}

/** The stack, its marks and the memo. */
class Machine {
  readonly #world: PickleWorld;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(world: PickleWorld) {
    this.#world = world;
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw broken("it takes more than it has put down");
    return this.#stack.pop();
  }

  #top(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw broken("it uses more than it has put down");
    return this.#stack.at(-1);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Everything since the last mark. */
  popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw broken("it ends a group that it did not begin");
    return this.#stack.splice(mark);
  }

  popTuple(length: number): void {
    const values = Array.from({ length }, () => this.pop());
    this.push(values.reverse());
  }

  append(values: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw broken("it appends to what is no list");
    for (const value of values) list.push(value);
  }

  setItems(pairs: readonly unknown[]): void {
    const dict = this.#top();
    if (!(dict instanceof Map)) throw broken("it sets an item of what is no dict");
    if (pairs.length % 2 !== 0) throw broken("it sets a key without a value");
    for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i], pairs[i + 1]);
  }

  remember(place = this.#memo.size): void {
    this.#memo.set(place, this.#top());
  }

  recall(place: number): void {
    if (!this.#memo.has(place)) throw broken("it recalls what it has not remembered");
    this.push(this.#memo.get(place));
  }

  pushGlobal(module: unknown, name: unknown): void {
    const path = `${module}.${name}`;
    const known = this.#world.globals.get(path);
    if (!known) {
      const what = `The file holds the Python object ${shown(path)}, which is neither a tensor nor a plain value`;
      const remedy =
        "nothing of it was executed. Save the weights alone in Python: torch.save(model.state_dict(), path)";
      throw new OsteonError("unsupported", `${what}; ${remedy}.`, { global: path });
    }
    this.push(known);
  }

  pushNamedGlobal(): void {
    const name = this.pop();
    const module = this.pop();
    if (typeof name !== "string" || typeof module !== "string") throw broken("it names an object by what is no text");
    this.pushGlobal(module, name);
  }

  call(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!Array.isArray(args) || !(callee instanceof PickleGlobal) || !callee.call)
      throw broken("it calls what cannot be called");
    this.push(callee.call(args));
  }

  pushPersistent(): void {
    this.push(this.#world.persistent(this.pop()));
  }
}

type Instruction = (machine: Machine, program: Program) => void;

const pushing =
  (read: (program: Program) => unknown): Instruction =>
  (machine, program) =>
    machine.push(read(program));

/** By their opcodes (Lib/pickletools.py), without protocol 0's text forms and without what makes Python objects. */
const instructions: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x95, (_, program) => program.uint64()], // FRAME
  [0x4e, pushing(() => null)], // NONE
  [0x88, pushing(() => true)], // NEWTRUE
  [0x89, pushing(() => false)], // NEWFALSE
  [0x4a, pushing((program) => program.int32())], // BININT
  [0x4b, pushing((program) => program.uint8())], // BININT1
  [0x4d, pushing((program) => program.uint16())], // BININT2
  [0x8a, pushing((program) => program.integer(program.uint8()))], // LONG1
  [0x47, pushing((program) => program.float64())], // BINFLOAT
  [0x58, pushing((program) => program.text(program.uint32()))], // BINUNICODE
  [0x8c, pushing((program) => program.text(program.uint8()))], // SHORT_BINUNICODE
  [0x8d, pushing((program) => program.text(program.uint64()))], // BINUNICODE8
  [0x54, pushing((program) => program.text(program.uint32()))], // BINSTRING, of Python 2
  [0x55, pushing((program) => program.text(program.uint8()))], // SHORT_BINSTRING, of Python 2
  [0x42, pushing((program) => program.bytes(program.uint32()))], // BINBYTES
  [0x43, pushing((program) => program.bytes(program.uint8()))], // SHORT_BINBYTES
  [0x7d, pushing(() => new Map())], // EMPTY_DICT
  [0x5d, pushing(() => [])], // EMPTY_LIST
  [0x29, pushing(() => [])], // EMPTY_TUPLE
  [0x28, (machine) => machine.mark()], // MARK
  [0x74, (machine) => machine.push(machine.popToMark())], // TUPLE
  [0x85, (machine) => machine.popTuple(1)], // TUPLE1
  [0x86, (machine) => machine.popTuple(2)], // TUPLE2
  [0x87, (machine) => machine.popTuple(3)], // TUPLE3
  [0x61, (machine) => machine.append([machine.pop()])], // APPEND
  [0x65, (machine) => machine.append(machine.popToMark())], // APPENDS
  [0x73, (machine) => machine.setItems([machine.pop(), machine.pop()].reverse())], // SETITEM
  [0x75, (machine) => machine.setItems(machine.popToMark())], // SETITEMS
  [0x71, (machine, program) => machine.remember(program.uint8())], // BINPUT
  [0x72, (machine, program) => machine.remember(program.uint32())], // LONG_BINPUT
  [0x94, (machine) => machine.remember()], // MEMOIZE
  [0x68, (machine, program) => machine.recall(program.uint8())], // BINGET
  [0x6a, (machine, program) => machine.recall(program.uint32())], // LONG_BINGET
  [0x63, (machine, program) => machine.pushGlobal(program.line(), program.line())], // GLOBAL
  [0x93, (machine) => machine.pushNamedGlobal()], // STACK_GLOBAL
  [0x52, (machine) => machine.call()], // REDUCE
  [0x62, (machine) => void machine.pop()], // BUILD sets attributes, such as an OrderedDict's _metadata: passed over
  [0x51, (machine) => machine.pushPersistent()], // BINPERSID
]);

const protocol = 0x80;
const latestProtocol = 5;
const stop = 0x2e;

/**
 * Runs one pickle.
 *
 * @param start where in `bytes` it begins; more may follow it
 * @throws OsteonError `bad-input` when it is truncated, corrupt or larger than any checkpoint; `unsupported` when it names a
 *   Python object outside `world.globals`, or uses an instruction that no file of weights needs
 */
export const unpickle = (bytes: Uint8Array, start: number, world: PickleWorld): Unpickled => {
  const program = new Program(bytes, start);
  const machine = new Machine(world);
  if (program.uint8() !== protocol || program.uint8() > latestProtocol)
    throw broken(`it does not begin as protocols 2 to ${latestProtocol} do`);
  for (let count = 0; count < mostInstructions; count++) {
    const code = program.uint8();
    if (code === stop) return { value: machine.pop(), end: program.position };
    const instruction = instructions.get(code);
    if (!instruction) {
      const what = `The pickle in the file uses the instruction 0x${code.toString(16)}, which no file of weights needs`;
      throw new OsteonError(
        "unsupported",
        `${what}; save the weights alone in Python: torch.save(model.state_dict(), path).`,
      );
    }
    instruction(machine, program);
  }
  throw new OsteonError(
    "bad-input",
    `The pickle in the file has more than ${mostInstructions} instructions; it is not read.`,
  );
};
