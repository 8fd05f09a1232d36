# Notification channels in PowerShell, with a receiver on loopback.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    if (-not ('HostingOps.Tests.AlertReceiver' -as [type])) {
        Add-Type -WarningAction Ignore -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace HostingOps.Tests
{
    // Takes what is posted, and answers with a status.
    public sealed class AlertReceiver : IDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);

        public AlertReceiver()
        {
            listener.Start();
            _ = Task.Run(ServeAsync);
        }

        public int Status { get; set; } = 200;

        public ConcurrentQueue<string> Posts { get; } = new ConcurrentQueue<string>();

        public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

        public void Dispose() => listener.Stop();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    using var stream = client.GetStream();
                    var text = new StringBuilder();
                    var buffer = new byte[65536];
                    int length = -1;
                    while (length < 0 || text.Length < length)
                    {
                        var count = await stream.ReadAsync(buffer);
                        if (count == 0) break;
                        text.Append(Encoding.Latin1.GetString(buffer, 0, count));
                        var end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
                        if (end > 0 && length < 0)
                        {
                            var head = text.ToString();
                            var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + 16;
                            length = end + 4 + int.Parse(head.Substring(at, head.IndexOf('\r', at) - at));
                        }
                    }

                    var all = text.ToString();
                    Posts.Enqueue(all.Substring(all.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
            }
            catch (Exception error) when (error is SocketException || error is ObjectDisposedException || error is IOException)
            {
            }
        }
    }
}
'@
    }

    $receiver = [HostingOps.Tests.AlertReceiver]::new()
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $env:TEST_HOOK = "$($receiver.Url)hunter2hunter2"
    $env:HOSTINGOPS_INVENTORY = Join-Path $TestDrive 'hosting.yml'
    Set-Content $env:HOSTINGOPS_INVENTORY @'
version: 1
zone: sites.example.net
hosts:
  do-1: { provider: digitalocean, address: 203.0.113.10 }
  li-1: { provider: linode, address: 198.51.100.7 }
sites:
  acme: { domain: acme-legal.example, record: acme, primary: do-1, secondary: li-1 }
notifications:
  - { webhook: "${TEST_HOOK}", preset: slack, on: [down] }
  - { name: plain, webhook: "${TEST_HOOK}", on: [certificate] }
  - { name: unset, webhook: "${TEST_HOOK_THAT_IS_NOT_SET}" }
'@
}

AfterAll {
    $receiver.Dispose()
    $env:HOSTINGOPS_STATE = $env:TEST_HOOK = $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Send-HostingAlert' {
    BeforeEach {
        $receiver.Status = 200
        $receiver.Posts.Clear()
    }

    It 'tests each channel whatever it is told of, and says what each answered' {
        $results = Send-HostingAlert -ErrorVariable failure -ErrorAction SilentlyContinue
        $results.Channel | Should -Be 'slack', 'plain', 'unset'
        $results.Outcome | Should -Be 'Sent', 'Sent', 'Undelivered'
        $results[0] | Should -BeOfType HostingOps.HostingAlertDelivery
        $results[0].Answer | Should -Be '200'
        $results[0].Milliseconds | Should -BeGreaterThan 0
        $results[2].Answer | Should -Be 'the environment variable TEST_HOOK_THAT_IS_NOT_SET is not set here'
        $failure.FullyQualifiedErrorId | Should -BeLike 'AlertNotSent,*'
        $receiver.Posts | Should -HaveCount 2
        @($receiver.Posts | ConvertFrom-Json | Where-Object event -EQ 'test') | Should -HaveCount 1
    }

    It 'says what it is told to, to those named' {
        $result = Send-HostingAlert pl* -Message 'Does this wake <anybody>?'
        $result.Channel | Should -Be 'plain'
        ($receiver.Posts | ConvertFrom-Json).text | Should -Be 'Does this wake <anybody>?'
    }

    It 'sends nothing with -WhatIf' {
        Send-HostingAlert -WhatIf | Should -BeNullOrEmpty
        $receiver.Posts | Should -HaveCount 0
        Join-Path $TestDrive 'state.db' | Should -Not -Exist
    }

    It 'never shows the address' {
        $receiver.Status = 403
        $results = Send-HostingAlert slack, plain -Verbose -Debug -ErrorVariable failure -ErrorAction SilentlyContinue *>&1
        $text = ($results + $failure | Format-List -Property * -Force | Out-String) + ($results | ConvertTo-Json -Depth 5)
        $text | Should -Match 'it answers 403'
        $text | Should -Not -Match 'hunter2'
    }

    It 'names what there is when a channel is not there' {
        { Send-HostingAlert nosuch -ErrorAction Stop } | Should -Throw -ErrorId 'ChannelNotFound,*' -ExpectedMessage '*nosuch*'
        Send-HostingAlert nosuch* | Should -BeNullOrEmpty
    }

    It 'says that there is no such undelivered alert' {
        Send-HostingAlert -Id 99 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AlertNotFound,*'
    }

    It 'completes the names of channels' {
        (TabExpansion2 'Send-HostingAlert -Channel ' 27).CompletionMatches.CompletionText | Should -Be 'slack', 'plain', 'unset'
    }
}

Describe 'Get-HostingAlert and Get-HostingIncident' {
    It 'have nothing to show before anything has happened' {
        Get-HostingAlert | Should -BeNullOrEmpty
        Get-HostingAlert -Undelivered | Should -BeNullOrEmpty
        Get-HostingIncident -Open | Should -BeNullOrEmpty
    }
}
