using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>Runs a program, without a shell and without input, whose standard output is one address. Its standard error is not looked at.</summary>
/// <param name="folder">Where it runs.</param>
internal sealed class CommandAddressSource(string folder)
{
    public async Task<AddressReading> AskAsync(AddressSource source, AddressFamily family, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["HOSTINGOPS_ADDRESS_FAMILY"] = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
        if (ProgramPath.Find(source.Argv[0], Environment.GetEnvironmentVariable("PATH"), folder) is not { } program)
        {
            return AddressReading.None("can't be run: there is no such program on PATH, or it is not executable");
        }

        start.FileName = program;
        foreach (var argument in source.Argv.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            return AddressReading.None($"can't be run: {failure.Message.TrimEnd('.')}");
        }

        try
        {
            return await ReadAsync(process, family, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also what was cut short, or says more than an address: nothing of it goes on running.
            Kill(process);
        }
    }

    private static async Task<AddressReading> ReadAsync(Process process, AddressFamily family, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var ignored = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var buffer = new byte[AddressText.MostBytes + 1];
        var length = await process.StandardOutput.BaseStream
            .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > AddressText.MostBytes)
        {
            return AddressText.Read(buffer, family);
        }

        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await ignored.ConfigureAwait(false);
        return process.ExitCode == 0
            ? AddressText.Read(buffer.AsSpan(0, length), family)
            : AddressReading.None(FormattableString.Invariant($"ended with exit code {process.ExitCode}"));
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended.
        }
    }
}
