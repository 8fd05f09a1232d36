using System.Diagnostics;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>A program that a test writes and has run.</summary>
internal static class ProgramFile
{
    /// <summary>Writes a shell's script that can be run. By a process of its own: what another test begins in that moment would hold a file of ours open, and no open file is run.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string path, string body)
    {
        using var writing = Process.Start(new ProcessStartInfo("sh", ["-c", "cat > \"$0\" && chmod 755 \"$0\"", path]) { RedirectStandardInput = true })!;
        writing.StandardInput.Write("#!/bin/sh\n" + body + "\n");
        writing.StandardInput.Close();
        Assert.True(writing.WaitForExit(TimeSpan.FromMinutes(3)), path);
        Assert.Equal(0, writing.ExitCode);
        return path;
    }
}
