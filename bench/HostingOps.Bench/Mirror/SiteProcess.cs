using System.Diagnostics;
using System.Globalization;
using HostingOps.Testing.Http;

namespace HostingOps.Bench.Mirror;

/// <summary>The bench site in a process of its own, and the line to it: one word in, one line out.</summary>
internal sealed class SiteProcess : IDisposable
{
    private readonly Process process;

    private SiteProcess(Process process) => this.process = process;

    public int Port { get; private init; }

    public static async Task<SiteProcess> StartAsync(int pages, int pictures, int seed, int latency)
    {
        string[] arguments = ["mirror-site", .. new[] { pages, pictures, seed, latency }.Select(static number => number.ToString(CultureInfo.InvariantCulture))];
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            arguments = [typeof(SiteProcess).Assembly.Location, .. arguments];
        }

        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new SiteProcess(process) { Port = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture) };
    }

    /// <summary>Begins a run: counts from zero, this edition, and 500 for everything after the answer of so many pages (0 for never).</summary>
    public Task<string> BeginAsync(int edition, int failAfter) => SayAsync(string.Create(CultureInfo.InvariantCulture, $"begin {edition} {failAfter}"));

    /// <summary>What was asked since: requests, of them answered 304, answered 500, most at the same time.</summary>
    public async Task<(int Requests, int Unchanged, int Failed)> CountAsync()
    {
        var numbers = (await SayAsync("count")).Split(' ').Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(2000))
        {
            process.Kill();
        }

        process.Dispose();
    }

    /// <summary>The child's side.</summary>
    public static async Task<int> ServeAsync(IReadOnlyList<int> numbers)
    {
        var site = new BenchSite(numbers[0], numbers[1], numbers[2]);
        var latency = TimeSpan.FromMilliseconds(numbers[3]);
        var (requests, pages, unchanged, failed, failAfter) = (0, 0, 0, 0, 0);
        await using var server = new RawServer(async (request, token) =>
        {
            Interlocked.Increment(ref requests);
            await Task.Delay(latency, token);
            if (failAfter > 0 && Volatile.Read(ref pages) >= failAfter)
            {
                Interlocked.Increment(ref failed);
                return RawAnswer.Text(500, "text/html; charset=utf-8", "<!doctype html><title>Error</title><p>Internal error.</p>");
            }

            var answer = site.Answer(request);
            if (site.IsPage(request.Target))
            {
                Interlocked.Increment(ref pages);
            }

            if (answer.Status == 304)
            {
                Interlocked.Increment(ref unchanged);
            }

            return answer;
        });
        Console.WriteLine(server.Port.ToString(CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            if (words[0] == "begin")
            {
                site.Edition = int.Parse(words[1], CultureInfo.InvariantCulture);
                (requests, pages, unchanged, failed, failAfter) = (0, 0, 0, 0, int.Parse(words[2], CultureInfo.InvariantCulture));
                Console.WriteLine("begun");
            }
            else
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests} {unchanged} {failed}"));
            }
        }

        return 0;
    }

    private async Task<string> SayAsync(string word)
    {
        await process.StandardInput.WriteLineAsync(word);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The site's process has ended.");
    }
}
