package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.wire.MalformedFileException;
import dev.gradpoet.onnx.wire.Shown;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle (<a href="https://docs.python.org/3/library/pickletools.html">pickletools</a>) of data alone: dictionaries, lists, tuples, numbers, strings
 * and tensors. A pickle is a program; the opcodes and functions that data needs are known here, and any other is an error. Nothing is ever run.
 */
final class PickleReader {

  /** What a pickle calls but this reader does not: a name of Python. */
  record Global(String name) {}

  private static final Object MARK = new Object() {
    @Override
    public String toString() {
      return "a mark";
    }
  };

  private final String file;
  private final ByteBuffer in;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int opcodeAt;

  PickleReader(String file, ByteBuffer in) {
    this.file = file;
    this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the pickle ends, counted from where it began. */
  int end() {
    return in.position();
  }

  /** The object that the pickle describes; {@link Null} stands for Python's None. */
  Object read() throws MalformedFileException {
    while (true) {
      opcodeAt = in.position();
      int opcode = take(1).get() & 0xff;
      if (opcode == '.') {
        return pop();
      }
      step(opcode);
    }
  }

  private void step(int opcode) throws MalformedFileException {
    switch (opcode) {
      case 0x80 -> take(1); // PROTO
      case 0x95 -> take(8); // FRAME
      case '(' -> stack.push(MARK);
      case '0' -> pop();
      case 'N' -> stack.push(Null.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'J' -> stack.push((long) take(4).getInt());
      case 'K' -> stack.push((long) (take(1).get() & 0xff));
      case 'M' -> stack.push((long) (take(2).getShort() & 0xffff));
      case 0x8a -> stack.push(integer(take(1).get() & 0xff)); // LONG1
      case 'G' -> stack.push(take(8).order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X' -> stack.push(text(take(length(take(4).getInt()))));
      case 0x8c -> stack.push(text(take(take(1).get() & 0xff))); // SHORT_BINUNICODE
      case 'T' -> stack.push(text(take(length(take(4).getInt()))));
      case 'U' -> stack.push(text(take(take(1).get() & 0xff)));
      case 'B' -> stack.push(take(length(take(4).getInt())));
      case 'C' -> stack.push(take(take(1).get() & 0xff));
      case '}' -> stack.push(new LinkedHashMap<>());
      case ']' -> stack.push(new ArrayList<>());
      case ')' -> stack.push(List.of());
      case 't' -> stack.push(Collections.unmodifiableList(popToMark()));
      case 'l' -> stack.push(popToMark());
      case 0x85, 0x86, 0x87 -> stack.push(tuple(opcode - 0x84)); // TUPLE1 to TUPLE3
      case 'q' -> memo.put(take(1).get() & 0xff, peek());
      case 'r' -> memo.put(take(4).getInt(), peek());
      case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
      case 'h' -> stack.push(remembered(take(1).get() & 0xff));
      case 'j' -> stack.push(remembered(take(4).getInt()));
      case 'c' -> stack.push(new Global(line() + "." + line()));
      case 0x93 -> { // STACK_GLOBAL
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String) || !(module instanceof String)) {
          throw error("a name of Python that is not two strings: the file is damaged");
        }
        stack.push(new Global(module + "." + name));
      }
      case 'Q' -> stack.push(TorchObjects.storage(this, pop()));
      case 'R' -> {
        Object arguments = pop();
        stack.push(TorchObjects.call(this, pop(), arguments));
      }
      case 'b' -> { // BUILD: attributes of an object, of which dictionaries have some that are no
        // data
        pop();
        if (!(peek() instanceof Map)) {
          throw error("it sets attributes of " + shown(peek()) + ", expected a dictionary");
        }
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        put(key, value);
      }
      case 'u' -> {
        List<Object> items = popToMark();
        for (int i = 0; i + 1 < items.size(); i += 2) {
          put(items.get(i), items.get(i + 1));
        }
      }
      case 'a' -> {
        Object value = pop();
        append(List.of(value));
      }
      case 'e' -> append(popToMark());
      default ->
        throw error("the opcode 0x" + Integer.toHexString(opcode)
            + ", expected one that describes data: files of tensors do not need it");
    }
  }

  MalformedFileException error(String problem) {
    return new MalformedFileException(file, opcodeAt, problem);
  }

  static String shown(Object value) {
    return value instanceof Global global
        ? Shown.text(global.name())
        : value instanceof Map
            ? "a dictionary"
            : value instanceof List ? "a list" : Shown.text("" + value);
  }

  private ByteBuffer take(int length) throws MalformedFileException {
    if (length > in.remaining()) {
      throw error("it needs " + length + " bytes, and " + in.remaining()
          + " are left: the file is truncated or damaged");
    }
    ByteBuffer bytes = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return bytes;
  }

  private int length(int length) throws MalformedFileException {
    if (length < 0) {
      throw error("a length of " + Integer.toUnsignedString(length) + " bytes, and "
          + in.remaining() + " are left: the file is truncated or damaged");
    }
    return length;
  }

  /** An integer of any length; what does not fit a long is kept as it is, for example a magic number. */
  private Object integer(int length) throws MalformedFileException {
    ByteBuffer bytes = take(length);
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[length - 1 - i] = bytes.get(i);
    }
    BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(big);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private String text(ByteBuffer bytes) throws MalformedFileException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw error("a string that is not valid UTF-8");
    }
  }

  private String line() throws MalformedFileException {
    StringBuilder line = new StringBuilder();
    for (char c = (char) take(1).get(); c != '\n'; c = (char) take(1).get()) {
      line.append(c);
    }
    return line.toString();
  }

  private Object peek() throws MalformedFileException {
    if (stack.isEmpty()) {
      throw error("it needs an object, and there is none: the file is damaged");
    }
    return stack.peek();
  }

  private Object pop() throws MalformedFileException {
    peek();
    Object top = stack.pop();
    if (top == MARK) {
      throw error("it needs an object, and there is a mark: the file is damaged");
    }
    return top;
  }

  private List<Object> popToMark() throws MalformedFileException {
    List<Object> items = new ArrayList<>();
    while (peek() != MARK) {
      items.add(stack.pop());
    }
    stack.pop();
    Collections.reverse(items);
    return items;
  }

  private List<Object> tuple(int length) throws MalformedFileException {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(pop());
    }
    Collections.reverse(items);
    return Collections.unmodifiableList(items);
  }

  private Object remembered(int index) throws MalformedFileException {
    Object value = memo.get(index);
    if (value == null) {
      throw error("it reads the object " + index + ", which was not kept: the file is damaged");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private void put(Object key, Object value) throws MalformedFileException {
    if (!(peek() instanceof LinkedHashMap)) {
      throw error("it adds an entry to " + shown(peek()) + ", expected a dictionary");
    }
    if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
      throw error("it has the key " + shown(key) + ", expected a string or an integer");
    }
    ((Map<Object, Object>) peek()).put(key, value);
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) throws MalformedFileException {
    if (!(peek() instanceof ArrayList)) {
      throw error("it appends to " + shown(peek()) + ", expected a list");
    }
    ((List<Object>) peek()).addAll(values);
  }

  /** Python's None. */
  enum Null {
    NONE
  }
}
