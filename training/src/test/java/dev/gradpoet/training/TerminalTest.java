package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  @ParameterizedTest
  @CsvSource(nullValues = "null", textBlock = """
      true,  true,  xterm, Linux,      true
      true,  true,  xterm, Windows 11, true
      true,  true,  null,  Windows 11, true
      true,  true,  '',    Windows 11, true
      true,  true,  null,  Linux,      false
      true,  true,  '',    Mac OS X,   false
      true,  true,  dumb,  Linux,      false
      true,  true,  dumb,  Windows 11, false
      true,  false, xterm, Linux,      false
      true,  false, null,  Windows 11, false
      false, false, xterm, Linux,      false
      """)
  void aTerminalIsAConsoleThatCanRedraw(
      boolean hasConsole, boolean isTerminal, String term, String os, boolean expected) {
    assertThat(Terminal.isPresent(hasConsole, isTerminal, term, os)).isEqualTo(expected);
  }
}
