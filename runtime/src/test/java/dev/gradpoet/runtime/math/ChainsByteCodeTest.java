package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot does not inline a hot method of more than 325 bytes of byte code (FreqInlineSize). */
class ChainsByteCodeTest {

  private static final Pattern RETURN = Pattern.compile("(?m)^ +(\\d+): [fd]return$");

  @ParameterizedTest
  @ValueSource(classes = {FloatChains.class, DoubleChains.class, FloatMath.class, DoubleMath.class})
  void everyMethodIsSmallEnoughToBeInlined(Class<?> type) throws URISyntaxException {
    assertThat(RETURN.matcher(disassembled(type)).results().map(ChainsByteCodeTest::size))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(size -> size <= 325, "at most 325 bytes");
  }

  /** A return takes one byte and ends its method. */
  private static int size(MatchResult lastInstruction) {
    return Integer.parseInt(lastInstruction.group(1)) + 1;
  }

  private static String disassembled(Class<?> type) throws URISyntaxException {
    Path classes =
        Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    javap.run(printer, printer, "-c", "-p", "-cp", classes.toString(), type.getName());
    return out.toString();
  }
}
