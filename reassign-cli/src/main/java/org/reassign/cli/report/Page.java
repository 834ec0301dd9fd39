package org.reassign.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison as one HTML file. What it shows is escaped by the template; scripts and style are in it, and its content
 * security policy lets nothing else run and nothing be fetched.
 */
final class Page {
    private static final int MOST_FAULTS = 50;

    private final Comparison comparison;

    Page(Comparison comparison) {
        this.comparison = comparison;
    }

    void write(Writer out) throws IOException {
        Parts parts = Parts.of(comparison);
        String library = resource("chart.umd.min.js");
        String script = resource("page.js");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(
                "title",
                comparison.scenarios().size() == 1 ? comparison.scenarios().get(0) : "scenarios");
        view.put("settled", comparison.isSettled());
        view.put("outcome", outcome());
        view.put("faults", comparison.faults().stream().limit(MOST_FAULTS).toList());
        view.put("facts", PageFact.of(comparison));
        view.put("notes", notes());
        view.put("parts", parts.parts());
        view.put("groups", Figure.Group.values());
        view.put(
                "policy",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + hash(library) + "' 'sha256-"
                        + hash(script) + "'");
        view.put("style", resource("page.css"));
        view.put("library", library);
        view.put("licence", resource("LICENSE.md"));
        view.put("script", script);
        view.put("data", PageData.json(comparison, parts.drawings()));
        Mustache.compiler().compile(resource("page.mustache")).execute(view, out);
    }

    private String outcome() {
        int runs = comparison.runs().size();
        int rows = comparison.rows().size();
        long unsettled = comparison.runs().stream()
                .filter(run -> !run.outcome().text().equals("settled"))
                .count();
        String what = Block.number(runs)
                + (runs == 1 ? " run" : " runs")
                + (runs == rows ? "" : " of " + Block.number(rows) + " combinations");
        return unsettled == 0 ? what + ", all as asked" : what + ", " + Block.number(unsettled) + " not as asked";
    }

    /** What has to be known to read the figures rightly. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (comparison.origin().pairs()) {
            notes.add("Only as many combinations were run as it takes that any two values meet, so the values of an"
                    + " option stand beside different others: ratios are rough.");
        }
        if (comparison.origin().parallel() > 1) {
            notes.add("Runs shared the machine, " + comparison.origin().parallel()
                    + " at once: times are not comparable; counts are.");
        }
        if (!comparison.besideRival().isEmpty()) {
            notes.add(
                    "kafka is Kafka's own controller on the same brokers. Operations of its controller are those of the"
                            + " broker that is the controller and leads partitions, too: compare those of controller and brokers"
                            + " together.");
        }
        return notes;
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
