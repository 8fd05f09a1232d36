using System.Diagnostics;
using System.Text;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>The publishing scripts in a real shell of this machine.</summary>
internal static class RealShell
{
    /// <summary>Gives a shell a script on its standard input, and keeps what is published when told to.</summary>
    public static (int Code, string Output) Run(string shell, string script, string? folder = null, bool keep = false, string[]? arguments = null)
    {
        using var process = Process.Start(new ProcessStartInfo(shell, [.. arguments ?? [], "-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        })!;
        process.BeginErrorReadLine();
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(script));
        process.StandardInput.BaseStream.Flush();
        var output = new StringBuilder();
        while (keep && process.StandardOutput.ReadLine() is { } line)
        {
            output.Append(line).Append('\n');
            if (line.EndsWith(" step verify", StringComparison.Ordinal))
            {
                process.StandardInput.Write("@0f keep\n");
                process.StandardInput.Flush();
            }
        }

        process.StandardInput.Close();
        output.Append(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }
}
