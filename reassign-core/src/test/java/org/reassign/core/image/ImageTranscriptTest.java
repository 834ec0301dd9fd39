package org.reassign.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reassign.core.Transcript;

/** What it means that topics, states and brokers are found to be other than they were known. */
class ImageTranscriptTest {
    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        List<DynamicTest> tests =
                Transcript.tests(Path.of("src/test/resources/transcripts/image"), () -> new ImageStory()::play);
        assertThat(tests).hasSizeGreaterThanOrEqualTo(8);
        return tests;
    }
}
