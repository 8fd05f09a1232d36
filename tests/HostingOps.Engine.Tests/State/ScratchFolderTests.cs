using System.Diagnostics;
using System.Text.Json;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

/// <summary>Temporary folders go with their processes, and no other folder ever does.</summary>
public sealed class ScratchFolderTests : IDisposable
{
    private readonly string prefix = $"hostingops-scratch-{Guid.NewGuid():N}-";
    private readonly List<string> made = [];

    public void Dispose()
    {
        foreach (var folder in made.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void It_goes_when_it_is_disposed_of()
    {
        var folder = ScratchFolder.Create(prefix);
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");

        folder.Dispose();

        Assert.False(Directory.Exists(folder.Path));
    }

    [SkippableFact]
    public async Task One_whose_process_has_ended_goes_with_the_next_and_one_whose_process_lives_stays()
    {
        var sleep = RealPart.Require("sleep");
        using var living = Process.Start(sleep, "60");
        using var dying = Process.Start(sleep, "60");
        try
        {
            var (stays, goes) = (Owned(ProcessMark.Of(living.Id)), Owned(ProcessMark.Of(dying.Id)));
            dying.Kill();
            await dying.WaitForExitAsync().WaitAsync(Eventually.Patience);

            using var next = ScratchFolder.Create(prefix);

            Assert.True(Directory.Exists(stays));
            Assert.False(Directory.Exists(goes));
            Assert.True(Directory.Exists(next.Path));
        }
        finally
        {
            living.Kill();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("""{"Space":"another machine","Id":1,"Birth":"1"}""")]
    public void One_of_whose_owner_nothing_is_known_stays(string? owner)
    {
        var folder = Made();
        if (owner is not null)
        {
            File.WriteAllText(Path.Combine(folder, ".owner"), owner);
        }

        using var next = ScratchFolder.Create(prefix);

        Assert.True(Directory.Exists(folder));
    }

    [SkippableFact]
    public async Task What_is_behind_a_link_stays()
    {
        using var ended = Process.Start(RealPart.Require("sleep"), "0");
        var mark = ProcessMark.Of(ended.Id);
        await ended.WaitForExitAsync().WaitAsync(Eventually.Patience);
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write(".owner", JsonSerializer.Serialize(mark with { Birth = "1" }));
        var link = Path.Combine(Path.GetTempPath(), prefix + "link");
        Directory.CreateSymbolicLink(link, elsewhere.Path);
        try
        {
            using var next = ScratchFolder.Create(prefix);

            Assert.True(File.Exists(elsewhere.Combine(".owner")));
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    private string Owned(ProcessMark owner)
    {
        var folder = Made();
        File.WriteAllText(Path.Combine(folder, ".owner"), JsonSerializer.Serialize(owner));
        return folder;
    }

    private string Made()
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        made.Add(folder);
        return folder;
    }
}
