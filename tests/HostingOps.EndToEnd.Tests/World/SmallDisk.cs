using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>A real disk of half a megabyte. Needs the right to mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private bool mounted;

    private SmallDisk()
    {
    }

    public string StatePath => folder.Combine("state.db");

    /// <summary>A command that fills the disk to the last byte; what it prints about that is left out.</summary>
    public string FillingShellLine => $"cat /dev/zero > '{Filler}' 2> /dev/null || true";

    private string Filler => folder.Combine("filler");

    public static async Task<SmallDisk> MountAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux mounts a tmpfs.");
        var disk = new SmallDisk();
        disk.mounted = (await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.folder.Path)).Code == 0;
        if (!disk.mounted)
        {
            disk.Dispose();
            throw new SkipException("This account may not mount a tmpfs.");
        }

        return disk;
    }

    public async Task FillAsync() => (await RunAsync("sh", "-c", FillingShellLine)).Ended(0);

    /// <summary>Takes away what filled it.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (mounted)
        {
            RunAsync("umount", folder.Path).GetAwaiter().GetResult();
        }

        folder.Dispose();
    }

    private static async Task<ProgramRun> RunAsync(string program, params string[] arguments)
    {
        using var running = RunningProgram.Start(RealPart.Require(program), arguments, "/", new Dictionary<string, string>());
        return await running.EndAsync();
    }
}
