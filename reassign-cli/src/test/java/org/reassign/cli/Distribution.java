package org.reassign.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The distribution that the build has packed, and its launcher. */
public final class Distribution {
    public static final Path HOME = Path.of(System.getProperty("reassign.dist"));

    static {
        leaveArchive();
    }

    private Distribution() {}

    /** A process of the launcher with these words. */
    public static ProcessBuilder reassign(String... words) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/reassign").toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    /** A first run leaves an archive of classes, as it does for users; all later ones start faster. */
    private static void leaveArchive() {
        try {
            ProcessBuilder first =
                    reassign("run", "interrupt").redirectErrorStream(true).redirectOutput(new File(HOME + ".log"));
            first.environment().put("REASSIGN_ARCHIVE", "1");
            int code = first.start().waitFor();
            if (code != 0) {
                throw new AssertionError("the first run ended with " + code + "; " + HOME + ".log has what it said");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the launcher cannot be started", e);
        }
    }
}
