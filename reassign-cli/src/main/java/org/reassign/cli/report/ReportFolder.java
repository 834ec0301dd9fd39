package org.reassign.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder that a comparison is written to: {@code index.html}, {@code compare.json}, {@code compare.csv}. Each file is
 * written under another name and then moved, so that it is there as a whole or as it was before.
 */
public final class ReportFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes a comparison to a file that is open. */
    private interface Format {
        void write(Comparison comparison, BufferedWriter out) throws IOException;
    }

    private static final Map<String, Format> FILES = files();

    private final Path folder;

    private ReportFolder(Path folder) {
        this.folder = folder;
    }

    /** The page comes last, since it names the others. */
    private static Map<String, Format> files() {
        Map<String, Format> files = new LinkedHashMap<>();
        files.put("compare.json", (comparison, out) -> JSON.writeValue(out, comparison));
        files.put("compare.csv", (comparison, out) -> csv(comparison, new PrintWriter(out)));
        files.put("index.html", (comparison, out) -> new Page(comparison).write(out));
        return files;
    }

    /** A print writer keeps its failures to itself. */
    private static void csv(Comparison comparison, PrintWriter out) throws IOException {
        Csv.print(comparison, out);
        if (out.checkError()) {
            throw new IOException("compare.csv could not be written to its end");
        }
    }

    /**
     * Makes the folder where it is missing and tries to write to it.
     *
     * @throws IOException if nothing can be written there; the message says why
     */
    public static ReportFolder open(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file");
        }
        for (String name : FILES.keySet()) {
            if (Files.isDirectory(folder.resolve(name))) {
                throw new IOException(folder.resolve(name) + " is a folder where a file is to be");
            }
        }
        try {
            Files.createDirectories(folder);
            Path probe = temporary(folder, "probe");
            Files.writeString(probe, "", StandardOpenOption.CREATE_NEW);
            Files.delete(probe);
        } catch (IOException e) {
            throw new IOException("nothing can be written in " + folder, e);
        }
        return new ReportFolder(folder);
    }

    private static Path temporary(Path folder, String name) {
        return folder.resolve("." + name + "." + ProcessHandle.current().pid());
    }

    /** Writes a comparison, over what was there, and answers where its page is. */
    public Path write(Comparison comparison) throws IOException {
        for (Map.Entry<String, Format> file : FILES.entrySet()) {
            Path temporary = temporary(folder, file.getKey());
            try {
                try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
                    file.getValue().write(comparison, out);
                }
                Files.move(temporary, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
        return folder.resolve("index.html");
    }
}
