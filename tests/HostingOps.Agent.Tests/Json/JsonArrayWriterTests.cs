using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Agent.Json;

namespace HostingOps.Agent.Tests.Json;

public sealed class JsonArrayWriterTests
{
    [Fact]
    public void What_is_written_is_one_valid_array_whatever_was_in_it_and_however_many() =>
        Prop.ForAll<string[]>(static items =>
        {
            var text = Written(items);
            return JsonSerializer.Deserialize<string[]>(text)!.SequenceEqual(items.Select(WellFormed)!) && text.EndsWith("]\n", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_array_that_breaks_off_is_valid_all_the_same()
    {
        using var writer = new StringWriter();
        Action breaksOff = () =>
        {
            using var array = new JsonArrayWriter(writer);
            array.Write(1);
            throw new InvalidOperationException();
        };

        Assert.Throws<InvalidOperationException>(breaksOff);

        Assert.Equal("[\n1\n]\n", writer.ToString());
    }

    [Fact]
    public void Durations_are_seconds_times_are_utc_and_enums_are_names()
    {
        var hook = JsonSerializer.Serialize(new PlannedHook(HookStage.Promote, ["a"], TimeSpan.FromMilliseconds(1500)), AgentJson.Compact);
        var time = JsonSerializer.Serialize(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)), AgentJson.Compact);

        Assert.Equal("""{"stage":"Promote","argv":["a"],"timeout":1.5}""", hook);
        Assert.Equal("\"2026-03-01T10:00:00.000Z\"", time);
    }

    private static string Written(string[] items)
    {
        using var writer = new StringWriter();
        using (var array = new JsonArrayWriter(writer))
        {
            foreach (var item in items)
            {
                array.Write(item);
            }
        }

        return writer.ToString();
    }

    // JSON is Unicode: half a surrogate pair can't be written.
    private static string? WellFormed(string? text) =>
        text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
