using System.Diagnostics;
using HostingOps.Engine.Mirror.Transport;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>rsync as a process, with what ssh's configuration may start beside it.</summary>
public sealed class RsyncProcessTests
{
    [SkippableFact]
    public async Task Its_end_is_the_end_whoever_still_holds_its_output()
    {
        Skip.If(OperatingSystem.IsWindows(), "A shell script stands for rsync.");
        using var folder = new TemporaryFolder();
        var script = folder.Write("rsync", $"sleep 600 &\necho $! > '{folder.Combine("pid")}'\necho 'Number of regular files transferred: 3'\necho broken >&2\nexit 12\n");
        try
        {
            var rsync = await RsyncProcess.RunAsync("/bin/sh", [script], static _ => { }, CancellationToken.None).WaitAsync(Eventually.Patience);

            Assert.Equal((12, "broken", 3), (rsync.ExitCode, rsync.Words, rsync.Files));
        }
        finally
        {
            await Process.Start("kill", await File.ReadAllTextAsync(folder.Combine("pid"))).WaitForExitAsync().WaitAsync(Eventually.Patience);
        }
    }
}
