package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.cli.UsageException;

/**
 * Files that the tool of Kafka 3.9.2 was given: {@code accepted} and {@code refused} are its answers, and ours are the same
 * but where a row says that ours is stricter or more lenient.
 */
class ReassignmentFileTest {
    @TempDir
    private Path folder;

    private ReassignmentFile read(String content) throws IOException {
        return ReassignmentFile.read(Files.writeString(folder.resolve("plan.json"), content));
    }

    private static String plan(String entries) {
        return "{\"version\":1,\"partitions\":[" + entries.replace('\'', '"') + "]}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            as documented     | {'topic':'t','partition':0,'replicas':[1,2]}                               | {t-0=[1,2]}
            unknown fields    | {'topic':'t','partition':0,'replicas':[1,2],'x':{'y':[1]}}                 | {t-0=[1,2]}
            log_dirs any      | {'topic':'t','partition':0,'replicas':[1,2],'log_dirs':['any','any']}      | {t-0=[1,2]}
            internal topic    | {'topic':'__consumer_offsets','partition':49,'replicas':[1]}               | {__consumer_offsets-49=[1]}
            dots and dashes   | {'topic':'a.b-c_d-1','partition':0,'replicas':[1]}                         | {a.b-c_d-1-0=[1]}
            order of fields   | {'replicas':[1],'partition':0,'topic':'t'}                                 | {t-0=[1]}
            two topics        | {'topic':'t','partition':0,'replicas':[1]},{'topic':'u','partition':0,'replicas':[2]} | {t-0=[1], u-0=[2]}
            """)
    void entriesThatBothAccept(String what, String entries, String targets) throws IOException {
        ReassignmentFile file = read(plan(entries));

        assertThat(file.targets()).as(what).hasToString(targets);
        assertThat(file.refused()).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            partition as text   | {'topic':'t','partition':'0','replicas':[1]}      | WRONG_TYPE          | entry 1: has "0" as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            partition as float  | {'topic':'t','partition':0.0,'replicas':[1]}      | WRONG_TYPE          | entry 1: has 0.0 as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            exponent            | {'topic':'t','partition':1e0,'replicas':[1]}      | WRONG_TYPE          | entry 1: has 1.0 as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            too large           | {'topic':'t','partition':99999999999,'replicas':[1]} | WRONG_TYPE       | entry 1: has 99999999999 as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            no partition        | {'topic':'t','replicas':[1]}                      | WRONG_TYPE          | entry 1: has nothing as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            broker as text      | {'topic':'t','partition':0,'replicas':['1',2]}    | WRONG_TYPE          | t-0: names "1" as a broker; write a whole number, without quotes
            replicas null       | {'topic':'t','partition':0,'replicas':null}       | WRONG_TYPE          | t-0: has null as 'replicas'; write a list of broker ids; to cancel, use the command cancel
            no replicas         | {'topic':'t','partition':0}                       | WRONG_TYPE          | t-0: has nothing as 'replicas'; write a list of broker ids
            empty list          | {'topic':'t','partition':0,'replicas':[]}         | EMPTY_REPLICAS      | t-0: has the empty replica list []; name at least one broker
            broker twice        | {'topic':'t','partition':0,'replicas':[1,1]}      | DUPLICATE_BROKERS   | t-0: names broker 1 twice in [1,1]; name each broker once
            partition twice     | {'topic':'t','partition':0,'replicas':[1]},{'topic':'t','partition':0,'replicas':[2]} | DUPLICATE_PARTITION | t-0: is named twice; name each partition once
            topic as number     | {'topic':7,'partition':0,'replicas':[1]}          | WRONG_TYPE          | entry 1: has 7 as 'topic'; write a topic's name
            text as entry       | 't-0'                                             | WRONG_TYPE          | entry 1: has nothing as 'topic'; write a topic's name
            log_dirs too short  | {'topic':'t','partition':0,'replicas':[1,2],'log_dirs':['any']} | WRONG_TYPE | t-0: has ["any"] as 'log_dirs' of 2 replicas; leave the field out, or write "any" for each
            log_dirs null       | {'topic':'t','partition':0,'replicas':[1],'log_dirs':null} | WRONG_TYPE | t-0: has null as 'log_dirs' of 1 replicas; leave the field out, or write "any" for each
            log_dirs numbers    | {'topic':'t','partition':0,'replicas':[1],'log_dirs':[1]} | LOG_DIRS    | t-0: asks for the log directory 1, and brokers choose theirs themselves; write "any", or leave 'log_dirs' out
            """)
    void entriesThatBothRefuse(String what, String entries, String code, String sentence) throws IOException {
        assertRefused(what, entries, code, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a log directory     | {'topic':'t','partition':0,'replicas':[1,2],'log_dirs':['/data','any']} | LOG_DIRS | t-0: asks for the log directory "/data", and brokers choose theirs themselves; write "any", or leave 'log_dirs' out
            negative broker     | {'topic':'t','partition':0,'replicas':[-1]}  | NEGATIVE_BROKER | t-0: names broker -1; a broker id is at least 0, so name another broker
            negative partition  | {'topic':'t','partition':-1,'replicas':[1]}  | WRONG_TYPE      | entry 1: has -1 as 'partition' of topic 't'; write a whole number from 0 on, without quotes
            no name             | {'topic':'','partition':0,'replicas':[1]}    | WRONG_TYPE      | entry 1: has "" as 'topic'; write a topic's name
            no topic's name     | {'topic':'a/b','partition':0,'replicas':[1]} | WRONG_TYPE      | entry 1: has "a/b" as 'topic'; write a topic's name
            """)
    void entriesThatOnlyOursRefusesAtOnce(String what, String entries, String code, String sentence)
            throws IOException {
        assertRefused(what, entries, code, sentence);
    }

    private void assertRefused(String what, String entries, String code, String sentence) throws IOException {
        ReassignmentFile file = read(plan(entries + ",{'topic':'good','partition':0,'replicas':[1]}"));

        assertThat(file.targets()).as("the rest goes on").hasToString("{good-0=[1]}");
        assertThat(file.refused()).as(what).singleElement().satisfies(one -> {
            assertThat(one.refusal().code()).hasToString(code);
            assertThat(one.refusal().sentence()).isEqualTo(folder.resolve("plan.json") + ", " + sentence);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"version":2,"partitions":[]}    | ` has the version 2, and only 1 is understood; write "version":1`
            {"version":"1","partitions":[]}  | ` has the version "1", and only 1 is understood; write "version":1`
            {"version":null,"partitions":[]} | ` has the version null, and only 1 is understood; write "version":1`
            {"version":1,"partitions":[]}    | ` names nothing in 'partitions'; write {"version":1,`
            {"version":1}                    | ` names nothing in 'partitions'; write {"version":1,`
            {"Partitions":[]}                | ` names nothing in 'partitions'; write {"version":1,`
            {"version":1,"partitions":{}}    | ` has {} as 'partitions'; write a list, as in {"version":1,`
            {"version":1,"partitions":null}  | ` has null as 'partitions'; write a list, as in {"version":1,`
            []                               | ` holds no JSON object; write {"version":1,`
            ` `                              | ` is empty; write {"version":1,`
            {"version":1,"partitions":[      | `:1: not JSON (Unexpected end-of-input`
            {'version':1}                    | `:1: not JSON (Unexpected character (''' (code 39))`
            /* why */ {"version":1}          | `:1: not JSON (Unexpected character ('/' (code 47))`
            {"version":1,}                   | `:1: not JSON (Unexpected character ('}' (code 125))`
            """)
    void filesThatBothRefuse(String content, String sentence) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(folder.resolve("plan.json") + sentence);
    }

    @Test
    void aFileMayHaveNoVersionAndLinesOfAnotherSystem() throws IOException {
        assertThat(read("{\r\n\"partitions\":[{\"topic\":\"t\",\r\n\"partition\":0,\"replicas\":[1]}]}\r\n")
                        .targets())
                .hasToString("{t-0=[1]}");
    }

    @Test
    void aByteOrderMarkIsPassedOverOfWhichKafkasToolMakesAnError() throws IOException {
        assertThat(read("\uFEFF" + plan("{'topic':'t','partition':0,'replicas':[1]}"))
                        .targets())
                .hasToString("{t-0=[1]}");
    }

    @Test
    void whatKafkasToolWouldLoseWithoutAWordIsRefused() {
        String good = plan("{'topic':'t','partition':0,'replicas':[1]}");

        assertThatThrownBy(() -> read(good + good)).hasMessageContaining("not JSON (Trailing token");
        assertThatThrownBy(() -> read(good + " more")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> read(plan("{'topic':'t','topic':'u','partition':0,'replicas':[1]}")))
                .hasMessageContaining("not JSON (Duplicate field 'topic')");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path latin = Files.write(folder.resolve("latin.json"), "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ReassignmentFile.read(latin)).hasMessage(latin + " is not UTF-8; write it as UTF-8");
        Path none = folder.resolve("none.json");
        assertThatThrownBy(() -> ReassignmentFile.read(none))
                .hasMessage("there is no file " + none + "; name one that exists");
    }
}
