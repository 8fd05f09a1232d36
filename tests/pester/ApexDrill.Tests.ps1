# The drill of the bare domains' redirector, through the cmdlet.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
}

AfterAll {
    $env:HOSTINGOPS_STATE = $null
}

Describe 'Invoke-FailoverDrill -Scenario Apex' {
    It 'passes with the example, and leaves nothing behind' {
        $result = Invoke-FailoverDrill -Scenario Apex -Verbose 4>&1 -ErrorAction Stop
        $drill = $result | Where-Object { $_ -is [HostingOps.ApexDrillResult] }
        $drill.Passed | Should -BeTrue -Because $drill.Reason
        $drill.FailedZone | Should -Be 'eu-west-1a'
        $drill.AvailabilityZone | Should -Not -Be 'eu-west-1a'
        $drill.Result.Outcome | Should -Be 'Restored'
        $drill.OutageSeconds | Should -BeGreaterThan $drill.BootSeconds
        ($result | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }) -join "`n" | Should -Match 'ZoneHealthy'
        $env:HOSTINGOPS_STATE | Should -Not -Exist
    }

    It 'completes the scenarios' {
        $line = 'Invoke-FailoverDrill -Scenario '
        ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, @{})).CompletionMatches.CompletionText | Should -Be 'Apex', 'Failover'
    }

    It 'kills no host' {
        { Invoke-FailoverDrill do-1 -Scenario Apex } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'needs a redirector' {
        $inventory = Join-Path $TestDrive 'plain.yml'
        Set-Content $inventory @'
version: 1
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
'@
        { Invoke-FailoverDrill -Scenario Apex -InventoryPath $inventory -ErrorAction Stop } | Should -Throw -ErrorId 'ApexNotConfigured,*'
    }
}
