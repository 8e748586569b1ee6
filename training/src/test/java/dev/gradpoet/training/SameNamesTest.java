package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files whose indices or columns stand for different names are refused as training and validation data. */
class SameNamesTest {

  private static final String CLASSES_START = "the validation data has the classes ";

  @TempDir
  private Path directory;

  private Csv csv(String... lines) throws IOException {
    return Csv.of(Files.writeString(
        Files.createTempFile(directory, "rows", ".csv"), String.join("\n", lines) + "\n"));
  }

  private Dataset pets(String... pets) throws IOException {
    return petsOf(csv -> csv, pets);
  }

  private Dataset petsOf(UnaryOperator<Csv> options, String... pets) throws IOException {
    String[] lines = new String[pets.length + 1];
    lines[0] = "a,b,c,d,pet";
    for (int r = 0; r < pets.length; r++) {
      lines[r + 1] = r + ",2,3,4," + pets[r];
    }
    return options.apply(csv(lines).classes("pet")).read();
  }

  private static void assertFits(Model net, Dataset train, Dataset validation) {
    assertThatCode(
            () -> Training.of(net, Sgd.of(0.1)).epochs(1).validation(validation).fit(train))
        .doesNotThrowAnyException();
  }

  private static void assertRefused(Model net, Dataset train, Dataset validation, String message) {
    Snapshot before = Snapshot.of(net);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Training.of(net, Sgd.of(0.1)).epochs(1).validation(validation).fit(train))
        .withMessage(message);
    assertThat(Snapshot.live(net)).isEqualTo(before.tensors());
  }

  @Test
  void classesOfOtherNamesAreRefused() throws IOException {
    Model net = new Nets_ClassesNetwork(1);
    Dataset train = pets("cat", "dog", "fish");

    assertRefused(
        net,
        train,
        pets("cat", "fish"),
        CLASSES_START
            + "[cat, fish], expected [cat, dog, fish] as in the training data: the name at index 1 is \"fish\", expected \"dog\": read it with Csv.vocabulary(\"pet\", train.classes())");
    assertRefused(
        net,
        pets("cat", "fish"),
        train,
        CLASSES_START
            + "[cat, dog, fish], expected [cat, fish] as in the training data: the name at index 1 is \"dog\", expected \"fish\": read it with Csv.vocabulary(\"pet\", train.classes())");
    assertRefused(
        net,
        pets("1", "2"),
        pets("0", "1"),
        CLASSES_START
            + "[0, 1], expected [1, 2] as in the training data: the name at index 0 is \"0\", expected \"1\": read it with Csv.vocabulary(\"pet\", train.classes())");
    assertRefused(
        net,
        train,
        DatasetBuilder.of(1)
            .input("input", new float[4], 4)
            .classes(new int[1], Vocabulary.of("dog"))
            .build(),
        CLASSES_START
            + "[dog], expected [cat, dog, fish] as in the training data: the name at index 0 is \"dog\", expected \"cat\": make it with DatasetBuilder.classes(labels, train.classes())");
  }

  @Test
  void classesThatAgreeFit() throws IOException {
    Model net = new Nets_ClassesNetwork(1);
    Dataset train = pets("cat", "dog", "fish");

    assertFits(net, train, pets("fish", "dog", "cat"));
    assertFits(net, train, pets("cat", "dog"));
    assertFits(net, pets("cat", "dog"), train);
    assertFits(net, train, Dataset.of(new float[8], new int[] {0, 2}));
    assertFits(net, Dataset.of(new float[8], new int[] {0, 2}), train);
    assertFits(net, train, petsOf(csv -> csv.vocabulary("pet", train.classes()), "cat", "fish"));
  }

  @Test
  void namesOfHostileFilesAreShortened() throws IOException {
    String[] many = new String[40];
    String[] others = new String[40];
    for (int r = 0; r < many.length; r++) {
      many[r] = (char) ('A' + r / 26) + "" + (char) ('a' + r % 26) + "x".repeat(100);
      others[r] = many[r];
    }
    others[39] = "Z\u0007";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SameNames.require(pets(many), pets(others)))
        .withMessageContaining("and ")
        .withMessageContaining("the name at index 39 is \"Z\\u0007\", expected \"Bn")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(700));
  }

  @Test
  void oneHotColumnsOfOtherNamesAreRefused() throws IOException {
    Csv train =
        csv("age,fare,port,lived", "1,2,C,no", "3,4,S,yes").oneHot("port").classes("lived");
    Csv valid =
        csv("age,fare,port,lived", "1,2,C,no", "3,4,Q,yes").oneHot("port").classes("lived");
    Vocabulary ports = Vocabulary.of("C", "S", "Q");

    assertRefused(
        new Nets_ClassesNetwork(1),
        train.read(),
        valid.read(),
        "the validation data has the features [age, fare, port=C, port=Q], expected [age, fare, port=C, port=S] as in the training data: the name at index 3 is \"port=Q\", expected \"port=S\": "
            + "read the same columns in the same order, and a oneHot column of both files with the same Csv.vocabulary(column, Vocabulary.of(..))");
    SameNames.require(
        train.vocabulary("port", ports).read(), valid.vocabulary("port", ports).read());
  }

  @Test
  void featuresInAnotherOrderAreRefused() throws IOException {
    Csv rows = csv("a,b,c,d,e,pet", "1,2,3,4,5,cat", "1,2,3,4,5,dog").classes("pet");

    assertRefused(
        new Nets_ClassesNetwork(1),
        rows.features("a", "b", "c", "d").read(),
        rows.features("a", "c", "b", "d").read(),
        "the validation data has the features [a, c, b, d], expected [a, b, c, d] as in the training data: the name at index 1 is \"c\", expected \"b\": "
            + "read the same columns in the same order, and a oneHot column of both files with the same Csv.vocabulary(column, Vocabulary.of(..))");
    assertFits(
        new Nets_ClassesNetwork(1),
        rows.features("a", "b", "c", "d").read(),
        Dataset.of(new float[8], new int[] {0, 1}));
  }

  @Test
  void classesAndProbabilitiesOfThemFitEachOther() throws IOException {
    Csv rows = csv("x,a,b,pet", "1,0.2,0.8,dog");
    Dataset probabilities = rows.ignore("pet").targets("a", "b").read();
    Dataset classes = rows.ignore("a", "b").classes("pet").read();

    SameNames.require(probabilities, classes);
    SameNames.require(classes, probabilities);
  }

  @Test
  void targetsInAnotherOrderAreRefused() throws IOException {
    Csv rows = csv("a,b,c", "1,2,3").features("a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SameNames.require(
            rows.targets("b", "c").read(), rows.targets("c", "b").read()))
        .withMessageStartingWith("the validation data has the targets [c, b], expected [b, c]");
    SameNames.require(rows.targets("b").read(), rows.targets("c").read());
  }

  @Test
  void categoriesOfOtherNamesAreRefused() throws IOException {
    Model net = new SeveralInputsTest_ClickNetwork(1);
    Csv train = csv("a,b,c,d,city,day,click", "1,2,3,4,Bern,1,0", "1,2,3,4,Oslo,2,1")
        .indices("city", "day")
        .classes("click");
    Csv valid = csv("a,b,c,d,city,day,click", "1,2,3,4,Oslo,1,0", "1,2,3,4,Rome,2,1")
        .indices("city", "day")
        .classes("click");

    assertRefused(
        net,
        train.read(),
        valid.read(),
        "the validation data has the categories of \"city\" [Oslo, Rome], expected [Bern, Oslo] as in the training data: the name at index 0 is \"Oslo\", expected \"Bern\": "
            + "read it with Csv.vocabulary(\"city\", train.vocabulary(1, 0))");
    Vocabulary cities = Vocabulary.of("Bern", "Oslo", "Rome");
    assertFits(net, train.read(), valid.vocabulary("city", cities).read());
  }

  @Test
  void inputsInAnotherOrderAreRefused() {
    DatasetBuilder train = DatasetBuilder.of(1).input("day", new float[2], 2);
    DatasetBuilder valid = DatasetBuilder.of(1).input("night", new float[2], 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SameNames.require(
            train.input("night", new float[2], 2).classes(0).build(),
            valid.input("day", new float[2], 2).classes(0).build()))
        .withMessage(
            "the validation data has the inputs [night, day], expected [day, night] as in the training data: the name at index 0 is \"night\", expected \"day\": add the inputs in the same order");
  }
}
