using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class CommandTests : IDisposable
{
    private readonly AlertWorld world = new();

    public void Dispose() => world.Dispose();

    [SkippableFact]
    public async Task A_command_gets_the_alert_as_JSON_and_in_variables_and_never_through_a_shell()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is not there");
        var channel = Channel("sh", "-c", "cat > alert.json; printf '%s|%s|%s|%s' \"$HOSTINGOPS_ALERT_EVENT\" \"$HOSTINGOPS_ALERT_SITES\" \"$HOSTINGOPS_ALERT_TITLE\" \"$1\" > seen", "x", "$(touch evil); `touch evil`");

        var answer = await world.Room(channel).Sender.SendAsync(channel, Alert("$(touch evil)\n; touch evil") with { Text = new string('é', 200_000) }, "KEY", default);

        Assert.Equal((true, "exit code 0"), (answer.IsSent, answer.Text));
        Assert.Equal("down|acme bakery|$(touch evil) ; touch evil|$(touch evil); `touch evil`", await File.ReadAllTextAsync(Path.Combine(world.Folder, "seen")));
        var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(world.Folder, "alert.json"))).RootElement;
        Assert.Equal(("KEY", 200_000), (json.GetProperty("delivery").GetString(), json.GetProperty("text").GetString()!.Count(static c => c == 'é')));
        Assert.False(File.Exists(Path.Combine(world.Folder, "evil")));
    }

    [SkippableFact]
    public async Task A_command_that_fails_or_does_not_read_or_does_not_exist_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is not there");
        var sender = world.Room().Sender;
        Assert.Equal("it ended with exit code 3: no modem", (await sender.SendAsync(Channel("sh", "-c", "echo no modem >&2; exit 3"), Alert(), "KEY", default)).Text);
        Assert.True((await sender.SendAsync(Channel("true"), Alert() with { Text = new string('x', 1_000_000) }, "KEY", default)).IsSent);
        Assert.StartsWith("it can't be run", (await sender.SendAsync(Channel("no-such-program"), Alert(), "KEY", default)).Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_command_does_not_inherit_what_the_watcher_knows()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is not there");
        Environment.SetEnvironmentVariable("COMMAND_TESTS_TOKEN", "secret");
        try
        {
            var answer = await world.Room().Sender.SendAsync(Channel("sh", "-c", "env > seen"), Alert(), "KEY", default).WaitAsync(Eventually.Patience);
            Assert.True(answer.IsSent);
        }
        finally
        {
            Environment.SetEnvironmentVariable("COMMAND_TESTS_TOKEN", null);
        }

        var names = (await File.ReadAllLinesAsync(Path.Combine(world.Folder, "seen"))).Select(static line => line.Split('=')[0]).ToList();
        Assert.DoesNotContain("COMMAND_TESTS_TOKEN", names);
        Assert.Contains("PATH", names);
        Assert.Contains("HOSTINGOPS_ALERT_KEY", names);
    }

    [SkippableFact]
    public async Task A_command_that_hangs_is_killed_with_its_children_in_time()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is not there");
        var channel = Channel("sh", "-c", "sleep 600 & echo $! > child; echo > begun; wait");
        var sending = world.Room().Sender.SendAsync(channel, Alert(), "KEY", default).WaitAsync(Eventually.Patience);
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(world.Folder, "begun")) || sending.IsCompleted);

        world.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("it gave no answer within 30 s", (await sending.WaitAsync(Eventually.Patience)).Text);
        var child = (await File.ReadAllTextAsync(Path.Combine(world.Folder, "child"))).Trim();
        for (var look = 0; Directory.Exists($"/proc/{child}") && !(await File.ReadAllTextAsync($"/proc/{child}/stat")).Contains(") Z ", StringComparison.Ordinal); look++)
        {
            Assert.True(look < 500, "the child lives on");
            await Task.Delay(20);
        }
    }

    private static NotificationChannel Channel(params string[] argv) => new() { Command = argv, On = ["down"] };
}
