package dev.gradpoet.runtime;

/** The strings of JSON: validity and quoting. */
final class JsonText {

  private JsonText() {}

  /** Whether a text contains an unpaired surrogate, which UTF-8 cannot encode. */
  static boolean hasUnpairedSurrogate(String text) {
    return text.codePoints().anyMatch(code -> Character.getType(code) == Character.SURROGATE);
  }

  /** Appends a string, quoted as serde_json does. */
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
