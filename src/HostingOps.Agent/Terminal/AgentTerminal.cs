using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace HostingOps.Agent.Terminal;

/// <summary>The three streams of the process, and which of them a person looks at.</summary>
internal sealed record AgentTerminal
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where errors, warnings, progress and questions go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where answers come from.</summary>
    public required TextReader In { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    /// <summary>Whether a terminal may be sent colours.</summary>
    public bool Color { get; init; }

    /// <summary>The signal that the terminal hung up, or that files are to be read again.</summary>
    public HangupSignal Hangup { get; init; } = new(static () => true);

    /// <summary>Columns of the terminal, or 80 where there is none.</summary>
    public int Width { get; init; } = DefaultWidth;

    private const int DefaultWidth = 80;
    private const int NarrowestWidth = 40;

    /// <summary>The process's own streams.</summary>
    public static AgentTerminal OfProcess()
    {
        var outIsTerminal = !Console.IsOutputRedirected;
        return new AgentTerminal
        {
            // What is redirected is read by programs: UTF-8 on every platform, without a byte order mark.
            Out = outIsTerminal ? Console.Out : Utf8(RedirectedOutput()),
            Error = Console.IsErrorRedirected ? Utf8(Console.OpenStandardError()) : Console.Error,
            In = Console.In,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Color = MayColor(Environment.GetEnvironmentVariable),
            Hangup = new HangupSignal(() => (outIsTerminal || !Console.IsInputRedirected) && HangupSignal.IsControllingTerminalGone()),
            Width = outIsTerminal && Console.WindowWidth is > 0 and var columns ? Math.Max(NarrowestWidth, columns) : DefaultWidth,
        };
    }

    // https://no-color.org: any value but an empty one. A dumb terminal shows escapes as garbage.
    internal static bool MayColor(Func<string, string?> environment) =>
        string.IsNullOrEmpty(environment("NO_COLOR"))
        && !string.Equals(environment("TERM"), "dumb", StringComparison.Ordinal)
        && (!OperatingSystem.IsWindows() || AnsiConsole.Profile.Capabilities.Ansi);

    // .NET's own stream takes a pipe that nobody reads any more for written. A file is left to it: it appends as the shell asked.
    private static Stream RedirectedOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
