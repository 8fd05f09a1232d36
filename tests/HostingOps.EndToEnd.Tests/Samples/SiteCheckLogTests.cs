using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>The log of the sample check: one writer at a time, put away when it is large, and never in the way of the check.</summary>
public sealed class SiteCheckLogTests : IDisposable
{
    private readonly CheckDesk desk = new();

    public void Dispose() => desk.Dispose();

    [SkippableFact]
    public async Task A_log_that_another_check_holds_is_5_and_gets_nothing()
    {
        await using var fleet = await Fleet.StartAsync();
        var path = desk.Home.Combine("check.log");
        await using var held = new FileStream(path + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var run = await desk.CheckAsync(5, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", path);

        Assert.Contains("Another check holds the log", Assert.Single(run.Of("log")).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(run.Of("begin"));
        Assert.False(File.Exists(path));
    }

    [SkippableFact]
    public async Task A_large_log_is_put_away_and_the_oldest_goes()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");
        var path = desk.Home.Combine("check.log");
        await File.WriteAllTextAsync(path, new string('0', 2000));
        await File.WriteAllTextAsync(path + ".1", "one");
        await File.WriteAllTextAsync(path + ".2", "two");

        var run = await desk.CheckAsync(3, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", path, "-LogSize", "1024", "-LogCount", "2");

        Assert.Equal(run.Lines.Count, (await File.ReadAllLinesAsync(path)).Length);
        Assert.StartsWith("000", await File.ReadAllTextAsync(path + ".1"), StringComparison.Ordinal);
        Assert.Equal("one", await File.ReadAllTextAsync(path + ".2"));
        Assert.Equal(
            ["check.log", "check.log.1", "check.log.2", "check.log.lock"],
            Directory.GetFiles(desk.Home.Path, "check.log*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_log_that_can_not_be_opened_is_8_when_all_is_well_and_does_not_hide_who_is_down()
    {
        await using var fleet = await Fleet.StartAsync();
        var path = Directory.CreateDirectory(desk.Home.Combine("check.log")).FullName;

        await desk.CheckAsync(8, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", path);
        fleet.Sandbox.StopHost("do-1");
        var run = await desk.CheckAsync(3, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", path, "-SummaryPath", path);

        Assert.Equal("Down", run.Site("acme").GetProperty("status").GetString());
        Assert.Single(run.Of("log"));
        Assert.Single(run.Of("summary"));
    }

    [SkippableFact]
    public async Task A_full_disk_under_the_log_is_8_and_every_line_is_still_on_stdout()
    {
        using var disk = await SmallDisk.MountAsync();
        await using var fleet = await Fleet.StartAsync();
        var path = Path.Combine(Path.GetDirectoryName(disk.StatePath)!, "check.log");
        await File.WriteAllTextAsync(path, "");
        await disk.FillAsync();

        var run = await desk.CheckAsync(8, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", path);

        Assert.Equal(2, run.Summary.GetProperty("healthy").GetInt32());
    }

    [SkippableFact]
    public async Task The_summary_is_a_table_that_no_reason_or_name_can_break()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");
        var folder = Directory.CreateDirectory(desk.Home.Combine("a | b")).FullName;
        File.Copy(fleet.Sandbox.InventoryPath, Path.Combine(folder, "hosting.yml"));
        var summary = desk.Home.Combine("summary.md");

        await desk.CheckAsync(3, "-InventoryPath", Path.Combine(folder, "hosting.yml"), "-SummaryPath", summary);

        var lines = await File.ReadAllLinesAsync(summary);
        Assert.Contains("Sites: 2 checked, 1 healthy, 0 degraded, 1 down, 0 unknown.", lines);
        var table = lines.Where(static line => line.StartsWith('|')).ToArray();
        Assert.Equal(3, table.Length);
        Assert.All(table, static row => Assert.Equal(6, row.Replace(@"\|", "", StringComparison.Ordinal).Count(static c => c == '|')));
        Assert.Contains(@"a \| b", table[2], StringComparison.Ordinal);
    }
}
