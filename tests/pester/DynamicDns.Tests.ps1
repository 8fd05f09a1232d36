# This machine's public address and the records that follow it, in PowerShell, against sources on loopback and the sandbox.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    if (-not ('HostingOps.Tests.AddressService' -as [type])) {
        Add-Type -WarningAction Ignore -TypeDefinition @'
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace HostingOps.Tests
{
    // Says whatever it is told to, to whoever asks.
    public sealed class AddressService : IDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);

        public AddressService(string says)
        {
            Says = says;
            listener.Start();
            _ = Task.Run(ServeAsync);
        }

        public string Says { get; set; }

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
                    await stream.ReadAsync(new byte[4096]);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Says.Length}\r\nConnection: close\r\n\r\n{Says}"));
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

    $services = 1..3 | ForEach-Object { [HostingOps.Tests.AddressService]::new('5.9.1.1') }
    function Set-Said([string[]] $Address) { for ($i = 0; $i -lt 3; $i++) { $services[$i].Says = $Address[$i % $Address.Count] } }

    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal @"
version: 1
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
dynamicDns:
  - { record: office, sources: [$($services.Url -join ', ')], settleCount: 1, settleTime: 0s, floor: 0s }
  - { record: slow, sources: [$($services.Url -join ', ')], settleCount: 3 }
uplinks:
  4g: { ranges: [6.6.0.0/16], publish: false }
"@
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
}

AfterAll {
    $services | ForEach-Object Dispose
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Get-PublicIpAddress' {
    BeforeEach { Set-Said '5.9.1.1' }

    It 'believes what the sources named agree on, without an inventory' {
        $address = Get-PublicIpAddress $services.Url -AddressFamily IPv4
        "$address" | Should -Be '5.9.1.1'
        $address | Should -BeOfType HostingOps.PublicIpAddress
        $address.AgreedBy | Should -HaveCount 3
        $address.Answers.Outcome | Should -Be 'Agrees', 'Agrees', 'Agrees'
    }

    It 'names the liar, and what was refused' {
        Set-Said '5.9.1.1', '5.9.1.1', '<html>log in</html>'
        $address = Get-PublicIpAddress $services.Url -AddressFamily IPv4
        $address.Address | Should -Be '5.9.1.1'
        $address.Answers[2].Reason | Should -Match 'captive portal'
    }

    It 'gives the object and an error where nothing is agreed on' {
        Set-Said '5.9.1.1', '6.6.6.6', '7.7.7.7'
        $address = Get-PublicIpAddress $services.Url -AddressFamily IPv4 -ErrorVariable failure -ErrorAction SilentlyContinue
        $address.Address | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublicIpUnknown,*'
    }

    It 'is content with one family where both are meant' {
        $both = Get-PublicIpAddress $services.Url -ErrorVariable failure
        $both.AddressFamily | Should -Be 'IPv4', 'IPv6'
        $failure | Should -BeNullOrEmpty
    }

    It 'asks the inventory''s sources by itself' {
        (Get-PublicIpAddress -AddressFamily IPv4 -Record office).Address | Should -Be '5.9.1.1'
        { Get-PublicIpAddress -Record nosuch -ErrorAction Stop } | Should -Throw -ErrorId 'DynamicDnsNotConfigured,*'
    }

    It 'refuses a source that is none' {
        { Get-PublicIpAddress ip.example -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'Update-DynamicDns' {
    BeforeEach { Set-Said '5.9.1.1' }

    It 'tells with -WhatIf what it would write, and writes nothing' {
        $null = Get-SiteDnsTarget acme
        $zone = Get-ZoneBody $sandbox
        $run = Invoke-Asked 'Update-DynamicDns -WhatIf'
        $run.Output | Should -BeNullOrEmpty
        "$($run.Lines)" | Should -Match 'office\.sites\.example\.net IPv4: no address -> 5\.9\.1\.1'
        "$($run.Lines)" | Should -Match 'slow\.sites\.example\.net IPv4: no address -> 5\.9\.1\.1 is to WAIT'
        Get-ZoneBody $sandbox | Should -BeExactly $zone
    }

    It 'writes what has settled, and says so' {
        $results = Update-DynamicDns
        $results.Outcome | Should -Be 'Updated', 'Waiting'
        $results[0].Verified | Should -BeTrue
        Get-ZoneBody $sandbox | Should -Match '<Name>office\.sites\.example\.net\.</Name><Type>A</Type>.*?5\.9\.1\.1'
        (Update-DynamicDns office).Outcome | Should -Be 'Unchanged'
    }

    It 'asks with -Confirm, and no is no' {
        Set-Said '5.9.1.2'
        $zone = Get-ZoneBody $sandbox
        $asked = Invoke-Asked 'Update-DynamicDns office -Confirm' 'No'
        $asked.Questions | Should -HaveCount 1
        $asked.Questions[0] | Should -Match '5\.9\.1\.1 -> 5\.9\.1\.2'
        Get-ZoneBody $sandbox | Should -BeExactly $zone
    }

    It 'passes a condition by its name, and no other' {
        (Update-DynamicDns slow).Outcome | Should -Be 'Waiting'
        (Update-DynamicDns slow -Override Settled).Outcome | Should -Be 'Updated'
        { Update-DynamicDns slow -Override AddressAgreed } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'tells of another line' {
        Set-Said '6.6.1.1'
        $result = Update-DynamicDns office -WarningVariable warned -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'Waiting'
        $result.UplinkChange.To | Should -Be '4g'
        "$warned" | Should -Match "uplink '4g'"
        Set-Said '5.9.1.1'
        (Update-DynamicDns office -WarningAction SilentlyContinue).UplinkChange.From | Should -Be '4g'
    }

    It 'is an error where the sources do not agree, and writes nothing' {
        Set-Said '5.9.1.7', '6.6.6.6', '7.7.7.7'
        $zone = Get-ZoneBody $sandbox
        $result = Update-DynamicDns office -ErrorVariable failure -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'AddressUnknown'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublicIpUnknown,*'
        Get-ZoneBody $sandbox | Should -BeExactly $zone
    }

    It 'goes on with -Watch until it is stopped, and tells what is new' {
        $first = Update-DynamicDns office -Watch -IntervalSec 5 | Select-Object -First 1
        $first.Outcome | Should -Be 'Unchanged'
        $first.To | Should -Be '5.9.1.1'
    }

    It 'keeps what it did' {
        $history = Get-PublicIpAddress -History -Record office
        ($history | Where-Object Outcome -EQ Updated).To | Should -Be '5.9.1.1'
        ($history.UplinkChange | Where-Object { $_ }).Count | Should -Be 2
        @(Get-PublicIpAddress -History -First 1) | Should -HaveCount 1
        $history[0] | Update-DynamicDns | Should -HaveCount 1
    }

    It 'completes the records of the inventory' {
        (TabExpansion2 'Update-DynamicDns off' 21).CompletionMatches.CompletionText | Should -Be 'office.sites.example.net'
    }
}
