package dev.gradpoet.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of JSON (RFC 8259) that headers are made of: objects, arrays, texts and whole numbers from 0. Everything else is refused, a name that
 * stands twice too.
 */
final class Json {

  /** A header is two objects deep. */
  private static final int DEEPEST = 16;

  private final String text;
  private int at;
  private int depth;

  Json(String text) {
    this.text = text;
  }

  /** The object that the whole text is, spaces behind it left aside. */
  Map<String, Object> object() throws IOException {
    if (at >= text.length() || text.charAt(at) != '{') {
      throw error("an object");
    }
    Map<String, Object> object = members();
    blank();
    if (at < text.length()) {
      throw error("nothing more");
    }
    return object;
  }

  private Map<String, Object> members() throws IOException {
    enter();
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    if (!skip('}')) {
      do {
        blank();
        String name = string();
        take(':');
        if (members.put(name, value()) != null) {
          throw new IOException("the name \"" + name + "\" stands twice in the header");
        }
      } while (skip(','));
      take('}');
    }
    depth--;
    return members;
  }

  private List<Object> elements() throws IOException {
    enter();
    List<Object> elements = new ArrayList<>();
    take('[');
    if (!skip(']')) {
      do {
        elements.add(value());
      } while (skip(','));
      take(']');
    }
    depth--;
    return elements;
  }

  private void enter() throws IOException {
    depth++;
    if (depth > DEEPEST) {
      throw error("no more than " + DEEPEST + " brackets inside each other");
    }
  }

  private Object value() throws IOException {
    blank();
    char next = at < text.length() ? text.charAt(at) : 0;
    return switch (next) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      default -> number();
    };
  }

  private Long number() throws IOException {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    boolean leadingZero = at > begin + 1 && text.charAt(begin) == '0';
    // 18 digits are always within the range of long
    if (at == begin || at - begin > 18 || leadingZero) {
      at = begin;
      throw error("an object, a list, a text or a whole number");
    }
    return Long.valueOf(text.substring(begin, at));
  }

  private String string() throws IOException {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw error("a text");
    }
    at++;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at);
      if (next < ' ') {
        throw error("a printable character");
      }
      at++;
      string.append(next == '\\' ? escaped() : next);
    }
    if (at >= text.length()) {
      throw error("the end of a text");
    }
    at++;
    return string.toString();
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

  private void take(char expected) throws IOException {
    if (!skip(expected)) {
      throw error("'" + expected + "'");
    }
  }

  private boolean skip(char wanted) {
    blank();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void blank() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IOException error(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "its end";
    return new IOException("the header has " + found + " at character " + at + ", expected "
        + expected + ": it is damaged, or no JSON");
  }

  /** Appends a text in quotes. */
  static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      switch (next) {
        case '"', '\\' -> json.append('\\').append(next);
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (next < ' ') {
            json.append("\\u00").append(Character.forDigit(next >> 4, 16));
            json.append(Character.forDigit(next & 15, 16));
          } else {
            json.append(next);
          }
        }
      }
    }
    json.append('"');
  }
}
