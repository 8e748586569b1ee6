package dev.gradpoet.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The metadata entry in which {@link Model#save(Path, Map, Map)} lists the tensors that are not parameters: a JSON array of names. */
final class ExtrasEntry {

  private static final String NAME = "gradpoet.extras";

  private ExtrasEntry() {}

  /**
   * A copy of a user's metadata with the entry, or without it if there are no extra tensors.
   *
   * @throws IllegalArgumentException if the metadata has an entry of that name
   */
  static Map<String, String> added(Map<String, String> metadata, Set<String> extras) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    if (all.containsKey(NAME)) {
      throw new IllegalArgumentException(
          "metadata has the name " + NAME + ", which is reserved for save: use a different name");
    }
    if (!extras.isEmpty()) {
      all.put(NAME, list(extras));
    }
    return all;
  }

  /** A copy of a file's metadata without the entry, as the user passed it. */
  static Map<String, String> removed(Map<String, String> metadata) {
    Map<String, String> ofUser = new LinkedHashMap<>(metadata);
    ofUser.remove(NAME);
    return ofUser;
  }

  /** The names in the entry; empty if there is no entry, or if it is not a JSON array of names. */
  static Set<String> read(Map<String, String> metadata) {
    try {
      return new LinkedHashSet<>(new Json(metadata.getOrDefault(NAME, "[]")).strings());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Sorted, so that the same network gives the same bytes. */
  private static String list(Set<String> names) {
    StringBuilder list = new StringBuilder("[");
    for (String name : new TreeSet<>(names)) {
      JsonText.quote(list.append(list.length() > 1 ? "," : ""), name);
    }
    return list.append(']').toString();
  }
}
