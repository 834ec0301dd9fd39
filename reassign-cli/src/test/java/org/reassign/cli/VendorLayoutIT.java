package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A vendor's storage layout that throws while a run goes on ends it at once, as the plugin's fault. */
class VendorLayoutIT {
    private static final String LAYOUT = """
            import java.util.*;
            import org.reassign.api.spi.*;
            @org.pf4j.Extension @PluginName("vendor")
            class Layout implements StorageLayout {
              public Placement placement() { return new Placement.InTopic(); }
              public StoredRecords decode(TopicSnapshot topic) { return new StoredRecords(List.of(), List.of()); }
              public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
                throw new %s;
              }
            }
            """;

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"IllegalStateException(\"no\\nidea\")", "NoClassDefFoundError(\"no idea\")"})
    void itIsNamedInASentenceAndTheExitCodeIsFour(String thrown) throws IOException {
        PluginJar.write(temp.resolve("vendor"), "vendor", "Layout", LAYOUT.formatted(thrown));
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));

        int code = line.execute(
                "run",
                "interrupt",
                "--zookeeper=memory",
                "--plugins-dir=" + temp.resolve("vendor"),
                "--storage-layout=vendor");

        assertThat(code).isEqualTo(4);
        assertThat(err.toString())
                .isEqualTo("the storage-layout 'vendor' threw java.lang." + thrown.substring(0, thrown.indexOf('('))
                        + ": no idea; fix it or choose another" + System.lineSeparator());
    }
}
