package dev.gradpoet.runtime;

import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads JSON (RFC 8259) from front to back. The caller requests what it expects next; anything else is an error with its position. Values that are
 * not requested are skipped without being stored, so that a header cannot fill the heap.
 */
final class Json {

  /** The maximum nesting depth: that of serde_json, which the reference reader of safetensors uses. */
  private static final int MAX_DEPTH = 128;

  /** Reads the value of a member of an object. */
  interface Member {
    void read(String name) throws IOException;
  }

  private final String text;
  private int at;
  private int depth;

  Json(String text) {
    this.text = text;
  }

  /** An object: each of its values is read by {@code member}. */
  void object(Member member) throws IOException {
    blank();
    if (!at('{')) {
      throw error("an object");
    }
    enter();
    if (!skip('}')) {
      do {
        String name = string();
        take(':');
        member.read(name);
      } while (skip(','));
      take('}');
    }
    depth--;
  }

  /** An array of non-negative integers. */
  long[] numbers() throws IOException {
    blank();
    if (!at('[')) {
      throw error("an array of integers");
    }
    enter();
    long[] numbers = new long[4];
    int count = 0;
    if (!skip(']')) {
      do {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number();
      } while (skip(','));
      take(']');
    }
    depth--;
    return Arrays.copyOf(numbers, count);
  }

  /** The array of strings that the whole JSON text consists of. */
  List<String> strings() throws IOException {
    blank();
    if (!at('[')) {
      throw error("an array of strings");
    }
    enter();
    List<String> strings = new ArrayList<>();
    if (!skip(']')) {
      do {
        strings.add(string());
      } while (skip(','));
      take(']');
    }
    end();
    return strings;
  }

  private long number() throws IOException {
    blank();
    int begin = at;
    boolean leadingZero = at('0');
    int digits = digits();
    boolean whole = digits > 0 && !(at('.') || at('e') || at('E'));
    // 18 digits always fit into a long
    if (!whole || digits > 18 || leadingZero && digits > 1) {
      at = begin;
      throw error("a non-negative integer of at most 18 digits");
    }
    return Long.parseLong(text, begin, at, 10);
  }

  /** A string. */
  String string() throws IOException {
    blank();
    if (!at('"')) {
      throw error("a string");
    }
    at++;
    StringBuilder string = new StringBuilder();
    while (!at('"')) {
      if (at >= text.length()) {
        throw error("the end of a string");
      }
      char next = text.charAt(at);
      if (next < ' ') {
        throw error("a printable character");
      }
      at++;
      string.append(next == '\\' ? escaped() : next);
    }
    at++;
    String value = string.toString();
    if (JsonText.hasUnpairedSurrogate(value)) {
      throw new IOException("the header has the string " + Excerpt.name(value)
          + ", which contains an unpaired surrogate: it is damaged");
    }
    return value;
  }

  private char escaped() throws IOException {
    char next = at < text.length() ? text.charAt(at) : 0;
    at++;
    return switch (next) {
      case '"', '\\', '/' -> next;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw error("an escaped character");
      }
    };
  }

  private char unicode() throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw error("four hexadecimal digits");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  /** Skips {@code null} if it comes next; returns whether it did. */
  boolean skipNull() {
    blank();
    return skipWord("null");
  }

  /** Skips a value of any kind. */
  void skip() throws IOException {
    blank();
    if (at('{')) {
      object(name -> skip());
    } else if (at('[')) {
      enter();
      if (!skip(']')) {
        do {
          skip();
        } while (skip(','));
        take(']');
      }
      depth--;
    } else if (at('"')) {
      string();
    } else if (!skipWord("null") && !skipWord("true") && !skipWord("false")) {
      skipNumber();
    }
  }

  private void skipNumber() throws IOException {
    skipHere('-');
    boolean zero = at('0');
    int digits = digits();
    boolean right = zero ? digits == 1 : digits > 0;
    if (skipHere('.')) {
      right &= digits() > 0;
    }
    if (skipHere('e') || skipHere('E')) {
      if (!skipHere('+')) {
        skipHere('-');
      }
      right &= digits() > 0;
    }
    if (!right) {
      throw error("an object, an array, a string, a number, true, false or null");
    }
  }

  private int digits() {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - begin;
  }

  private void enter() throws IOException {
    depth++;
    if (depth > MAX_DEPTH) {
      throw error("no more than " + MAX_DEPTH + " nested brackets");
    }
    at++;
  }

  /** Requires that only white space is left. */
  void end() throws IOException {
    blank();
    if (at < text.length()) {
      throw error("nothing more");
    }
  }

  private void take(char expected) throws IOException {
    if (!skip(expected)) {
      throw error("'" + expected + "'");
    }
  }

  private boolean skip(char wanted) {
    blank();
    return skipHere(wanted);
  }

  private boolean skipHere(char wanted) {
    boolean found = at(wanted);
    at += found ? 1 : 0;
    return found;
  }

  private boolean skipWord(String word) {
    boolean found = text.startsWith(word, at);
    at += found ? word.length() : 0;
    return found;
  }

  private boolean at(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  private void blank() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IOException error(String expected) {
    String found = at < text.length()
        ? "'" + Excerpt.shortened(text.substring(at, at + 1), 6) + "'"
        : "its end";
    return new IOException("the header has " + found + " at character " + at + ", expected "
        + expected + ": it is damaged, or not JSON");
  }
}
